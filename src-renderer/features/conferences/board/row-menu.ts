import { copyText } from '../../../lib/copy-text.ts'
import type { MenuEntry } from '../../../ui/menu.tsx'
import { kick, toggleDeaf, toggleMute } from './board-actions.ts'
import type { BoardRow } from './board-state.ts'
import { openBoardDialog, useBoardView } from './board-store.ts'

/** Everything that can be done to one participant. */
export const rowMenu = ({ key, speak, hear, number }: BoardRow): readonly MenuEntry[] => [
  {
    id: 'mute',
    label: speak ? 'Mute' : 'Let talk',
    icon: speak ? 'mic-off' : 'mic',
    command: 'conferences.mute',
    run: () => toggleMute([key]),
  },
  {
    id: 'deaf',
    label: hear ? 'Make deaf' : 'Let hear',
    icon: hear ? 'ear-off' : 'ear',
    command: 'conferences.deaf',
    run: () => toggleDeaf([key]),
  },
  {
    id: 'play',
    label: 'Play to…',
    icon: 'play',
    command: 'conferences.play',
    run: () => openBoardDialog({ kind: 'play', keys: [key] }),
  },
  {
    id: 'relate',
    label: 'Who hears whom…',
    icon: 'link',
    command: 'conferences.relate',
    run: () => openBoardDialog({ kind: 'relate', key }),
  },
  {
    id: 'inspect',
    label: 'Show details',
    icon: 'show',
    command: 'conferences.inspect',
    run: () => useBoardView.setState({ cursor: key, isSideOpen: true }),
  },
  {
    id: 'copy',
    label: 'Copy number',
    icon: 'copy',
    isDisabled: number === '',
    run: () => void copyText(number),
  },
  {
    id: 'kick',
    label: 'Remove',
    icon: 'hang-up',
    tone: 'danger',
    command: 'conferences.kick',
    run: () => kick([key]),
  },
]
