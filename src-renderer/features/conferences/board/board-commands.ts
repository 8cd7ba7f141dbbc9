import type { Command } from '../../../lib/commands.ts'
import { useCommand } from '../../../ui/use-command.ts'
import {
  kick,
  muteAllButModerators,
  muteNoisiest,
  toggleDeaf,
  toggleLock,
  toggleMute,
  toggleRecording,
} from './board-actions.ts'
import { useNoise } from './board-clock.ts'
import type { ParticipantKey } from './board-state.ts'
import { openBoardDialog, useBoard, useBoardView } from './board-store.ts'
import {
  extendSelection,
  selectAll,
  selectedKeys,
  selectNone,
  toggleSelected,
} from './selection.ts'
import { settleOrder, useShownOrder } from './shown-order.ts'

const group = 'Conference'

/** On the row the cursor is on, and with Shift on those that are selected. */
const useParticipantCommands = () => {
  const cursor = useBoardView((state) => state.cursor)
  const isThere = useBoard(({ participants }) => cursor !== undefined && participants.has(cursor))
  const isSelected = useBoardView(({ selected }) => selected.size > 0)
  const one = (
    name: string,
    title: string,
    keys: string,
    run: (key: ParticipantKey) => void,
  ): Command => ({
    ...{ id: `conferences.${name}`, title, group, keys, when: isThere },
    run: () => {
      if (cursor !== undefined) run(cursor)
    },
  })
  const all = (
    name: string,
    title: string,
    keys: string,
    run: (keys: readonly ParticipantKey[]) => void,
  ): Command => ({
    ...{ id: `conferences.${name}-selected`, title, group, keys, when: isSelected },
    run: () => run(selectedKeys()),
  })
  useCommand(one('mute', 'Mute or let talk', 'm', (key) => toggleMute([key])))
  useCommand(one('deaf', 'Make deaf or let hear', 'd', (key) => toggleDeaf([key])))
  useCommand(one('kick', 'Remove from the conference', 'k', (key) => kick([key])))
  useCommand(
    one('play', 'Play to the participant…', 'p', (key) =>
      openBoardDialog({ kind: 'play', keys: [key] }),
    ),
  )
  useCommand(
    one('relate', 'Who hears whom…', 'w', (key) => openBoardDialog({ kind: 'relate', key })),
  )
  useCommand(
    one('inspect', 'Show details and timeline', 'enter', () =>
      useBoardView.setState({ isSideOpen: true }),
    ),
  )
  useCommand(one('select', 'Select or deselect', 'space', toggleSelected))
  useCommand(all('mute', 'Mute or let talk all selected', 'shift+m', toggleMute))
  useCommand(all('deaf', 'Make deaf or let hear all selected', 'shift+d', toggleDeaf))
  useCommand(all('kick', 'Remove all selected', 'shift+k', kick))
  useCommand(
    all('play', 'Play to all selected…', 'shift+p', (keys) =>
      openBoardDialog({ kind: 'play', keys }),
    ),
  )
}

const useListCommands = (focusSearch: () => void) => {
  const isAnybody = useShownOrder(({ keys }) => keys.length > 0)
  const hasChanges = useShownOrder(({ changes }) => changes > 0)
  const isSelected = useBoardView(({ selected }) => selected.size > 0)
  const isSideOpen = useBoardView((state) => state.isSideOpen)
  const list = (name: string, title: string, keys: string, run: () => void): Command => ({
    ...{ id: `conferences.${name}`, title, group, keys, run, when: isAnybody },
  })
  useCommand(list('select-down', 'Select downwards', 'shift+down', () => extendSelection(1)))
  useCommand(list('select-up', 'Select upwards', 'shift+up', () => extendSelection(-1)))
  useCommand(list('select-all', 'Select everybody who is shown', 'mod+a', selectAll))
  useCommand({
    ...list('escape', 'Clear the selection, or close the details', 'escape', () =>
      isSelected ? selectNone() : useBoardView.setState({ isSideOpen: false }),
    ),
    when: isSelected || isSideOpen,
  })
  useCommand({ ...list('settle', 'Apply the order', '.', settleOrder), when: hasChanges })
  useCommand({ ...list('search', 'Search people', '/', focusSearch), when: true })
}

const useRoomCommands = () => {
  const isRunning = useBoard(({ phase }) => phase === 'running')
  const isNoisy = useNoise(({ noisy }) => noisy.size > 0)
  const room = (name: string, title: string, keys: string, run: () => void): Command => ({
    ...{ id: `conferences.${name}`, title, group, keys, run, when: isRunning },
  })
  useCommand(room('lock', 'Lock or unlock', 'g l', toggleLock))
  useCommand(room('record', 'Start or stop recording', 'g r', toggleRecording))
  useCommand(
    room('play-all', 'Play to everybody…', 'g p', () =>
      openBoardDialog({ kind: 'play', keys: [] }),
    ),
  )
  useCommand({
    ...room('dial', 'Dial out…', 'g d', () => openBoardDialog({ kind: 'dial' })),
    when: true,
  })
  useCommand(room('mute-others', 'Mute all but moderators', 'g m', muteAllButModerators))
  useCommand({ ...room('mute-noise', 'Mute the noisy line', 'x', muteNoisiest), when: isNoisy })
  useCommand(room('end', 'End the conference…', 'g e', () => openBoardDialog({ kind: 'end' })))
}

/** Every key of the board, also to be found in the palette and on the sheet. */
export const useBoardCommands = (focusSearch: () => void): void => {
  useParticipantCommands()
  useListCommands(focusSearch)
  useRoomCommands()
}
