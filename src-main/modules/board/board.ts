import type { Readable } from 'node:stream'
import type { Board as BoardView, HistoryEntry, LegQuality } from '#contract/board'
import type { AskedBy, LiveConferences } from '#contract/live-conferences'
import type { Engine } from '../../engine/port.ts'
import type { Scope } from '../../platform/scope.ts'
import { runningRoom, type Rooms } from '../conferences/conferences.ts'
import type { History } from './history.ts'
import { createLevels, type Levels } from './levels.ts'
import { createListening } from './listening.ts'
import type { Of } from './store.ts'
import { toBoard, toQuality } from './views.ts'

export { createHistory, type History } from './history.ts'

/**
 * What a supervisor sees and hears of a conference. Everything but history is of one that runs, else `bad_identifier`.
 */
export type Board = {
  readonly look: (of: Of) => Promise<BoardView>
  readonly quality: (of: Of) => Promise<LegQuality[]>
  readonly listen: (of: Of, signal: AbortSignal) => Promise<Readable>
  /** Resolves once it is on disk. */
  readonly bookmark: (of: Of, text: string, by: AskedBy) => Promise<HistoryEntry>
  readonly history: History
  readonly levels: Levels
}

export const createBoard = (deps: {
  scope: Scope
  engine: Engine
  rooms: Pick<Rooms, 'get'>
  history: History
  /** What runs, and up to which event that is true. */
  look: (
    accountId: string,
    isWanted: (conferenceId: string) => boolean,
  ) => Pick<LiveConferences, 'epoch' | 'seq' | 'conferences'>
  nowMs: () => number
}): Board => {
  const { engine, rooms, history, nowMs } = deps
  const listening = createListening(deps)
  const roomOf = ({ accountId, conferenceId }: Of) => runningRoom(rooms, accountId, conferenceId)

  return {
    history,
    levels: createLevels(deps),
    look: async (of) => {
      await roomOf(of).refresh()
      // Nothing is waited for from here on: all of it is of one moment.
      const room = roomOf(of)
      const { epoch, seq, conferences } = deps.look(of.accountId, (id) => id === of.conferenceId)
      const live = conferences.find(({ instance_id }) => instance_id === room.instanceId)
      if (!live) throw new Error('a conference that runs is not shown')
      return toBoard(room, { epoch, seq, live, nowMs: nowMs() })
    },
    quality: async (of) => {
      const qualities = await Promise.all(
        roomOf(of).participants.map(({ participantId, leg }) =>
          engine.statistics(leg.legId).then(
            (statistics) => toQuality(participantId, statistics),
            // Who left meanwhile has none.
            () => undefined,
          ),
        ),
      )
      return qualities.filter((quality) => quality !== undefined)
    },
    listen: (of, signal) => listening.open(roomOf(of), signal),
    bookmark: async (of, text, by) => history.entryOf(await roomOf(of).as(by).bookmark(text)),
  }
}
