import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConferenceInput, type ConferenceDocument } from '#contract/conferences'
import type { ConferenceHappening } from '#contract/live-conferences'
import { createBus } from '../../../../platform/events/bus.ts'
import { createValidator } from '../../../../platform/http/validate.ts'
import { silentLog } from '../../../../platform/log.ts'
import { createScope } from '../../../../platform/scope.ts'
import { createPlays } from '../plays.ts'
import { createRooms, type Admission, type Conference } from '../rooms.ts'
import { createFakeEngine } from './fake-engine.ts'
import { createFakeLeg } from './fake-leg.ts'
import { createFakePlayback } from './fake-playback.ts'

const validator = createValidator()

export const conferenceOf = (
  input: Record<string, unknown> = {},
  facts: Partial<Conference> = {},
): Conference => {
  const { id = 'c'.repeat(32), accountId = 'account', isAdHoc = false } = facts
  const open = { member: { join_muted: false }, play_entry_tone: false, play_exit_tone: false }
  const body = validator.body(ConferenceInput, { name: 'Weekly', ...open, ...input }) as object
  return { id, accountId, isAdHoc, document: { ...body, id } as ConferenceDocument }
}

/** Rooms on an engine without sound, and a leg a line. */
export const startRooms = async ({
  playback: heard,
  ...parts
}: Partial<Parameters<typeof createRooms>[0] & Parameters<typeof createPlays>[0]> = {}) => {
  const scope = createScope('test')
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-rooms-'))
  const engine = createFakeEngine()
  const playback = createFakePlayback()
  const happened: ConferenceHappening[] = []
  const notes: string[] = []
  const bus = createBus<ConferenceHappening>((error) => {
    throw error
  })
  bus.on((event) => happened.push(event))
  let nowMs = Date.UTC(2026, 10, 21, 19, 5)
  const noMedia = () => {
    throw new Error('no library here')
  }
  const rooms = createRooms({
    ...{ scope, engine, events: bus, log: silentLog },
    plays: createPlays({ scope, engine: parts.engine ?? engine, playback: heard ?? playback }),
    clock: { nowMs: () => nowMs },
    media: { create: noMedia, list: noMedia },
    blobs: { newPath: () => join(folder, 'blob') },
    recordingsDir: join(folder, 'recordings'),
    language: () => 'en-us',
    channelVarsOf: ({ accountId }) => ({ account_id: accountId }),
    note: (_conference, text) => notes.push(text),
    ...parts,
  })

  const admit = async (
    conference: Conference,
    admission: Partial<Admission> & { leg?: ReturnType<typeof createFakeLeg> } = {},
  ) => {
    const leg = admission.leg ?? createFakeLeg()
    const participant = await rooms.admit({
      ...{ conference, isModerator: false, flags: [], customApplicationVars: {} },
      namePath: undefined,
      ...admission,
      leg,
    })
    return { leg, participant, id: participant.participantId }
  }

  return {
    ...{ rooms, engine, playback, bus, happened, notes, folder, scope, join: admit },
    /** What everybody or one hears one after the other until nothing more comes; loops play on. */
    heard: async () => {
      const items: string[] = []
      for (let quiet = 0; quiet < 5;) {
        await new Promise((resolve) => setImmediate(resolve))
        const play = engine.played()
        quiet = play ? 0 : quiet + 1
        for (const item of play?.items ?? [])
          items.push(item.kind === 'pcm' ? item.path : item.kind)
      }
      return items
    },
    loops: () => engine.playing.filter(({ loop }) => loop),
    names: () => happened.map(({ event }) => event).filter((event) => event !== 'command'),
    member: (legId: string) => engine.members.get(legId)?.member,
    pass: (ms: number) => {
      nowMs += ms
    },
    room: (conference: Conference) => {
      const room = rooms.get(conference.accountId, conference.id)
      if (!room) throw new Error('the conference does not run')
      return room
    },
    dispose: async () => {
      await scope.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
