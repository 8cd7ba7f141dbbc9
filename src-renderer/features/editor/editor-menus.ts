import type { MenuEntry, MenuGroup } from '../../ui/menu.tsx'
import type { Command } from '../../lib/commands.ts'
import { changeEditorSettings, type EditorSettings } from './editor-settings.ts'

/** The commands of a menu below their titles, by the end of their ids. */
type Layout = readonly (readonly [title: string, ...names: string[]])[]

const editLayout: Layout = [
  ['Steps', 'undo', 'redo'],
  ['Selection', 'cut', 'copy', 'paste', 'delete', 'silence', 'trim'],
  ['Select', 'select-all', 'deselect', 'snap'],
  ['Markers', 'marker', 'rename-marker'],
]
const effectLayout: Layout = [
  ['Level', 'normalise', 'effect-compressor'],
  ['Tone', 'effect-high-pass', 'effect-band-pass'],
  ['Noise', 'noise-profile', 'effect-noise-reduction'],
  ['Time', 'insert-silence', 'effect-silence-trim', 'crossfade', 'reverse', 'effect-speed'],
  ['Format', 'effect-resample', 'effect-channels'],
]

const entryOf = ({ id, title, when, run }: Command): MenuEntry => ({
  id,
  label: title,
  command: id,
  isDisabled: when === false,
  run,
})

const arranged = (commands: readonly Command[], layout: Layout): MenuGroup[] => {
  const byId = new Map(commands.map((command) => [command.id, command]))
  return layout.map(([title, ...names]) => ({
    title,
    entries: names.flatMap((name) => {
      const command = byId.get(`editor.${name}`)
      return command ? [entryOf(command)] : []
    }),
  }))
}

/** What keys do to the selection and the history, for the hand on the mouse. */
export const editMenu = (commands: readonly Command[]): MenuGroup[] =>
  arranged(commands, editLayout)

export const effectMenu = (commands: readonly Command[]): MenuGroup[] =>
  arranged(commands, effectLayout)

/** Where the draft can go besides its own document. */
export const saveMenu = (commands: readonly Command[]): MenuEntry[] =>
  arranged(commands, [['', 'save-as', 'close']]).flatMap(({ entries }) => entries)

const choice = (id: string, label: string, isOn: boolean, change: Partial<EditorSettings>) => ({
  id,
  label,
  isOn,
  run: () => changeEditorSettings(change),
})

/** How the editor shows and does things. */
export const viewMenu = (settings: EditorSettings): MenuGroup[] => {
  const { snap, follow, mode, spectrogram, curve, law } = settings
  const seen = mode === 'wave' ? 'none' : spectrogram
  return [
    {
      title: 'Selection',
      entries: [choice('snap', 'Snap to zero crossings', snap, { snap: !snap })],
    },
    {
      title: 'Playhead',
      entries: [
        choice('page', 'Followed by pages', follow === 'page', { follow: 'page' }),
        choice('smooth', 'Kept in the middle', follow === 'smooth', { follow: 'smooth' }),
        choice('stay', 'Not followed', follow === 'off', { follow: 'off' }),
      ],
    },
    {
      title: 'Spectrogram',
      entries: [
        choice('narrow', '0–4 kHz', seen === 'narrow', { mode: 'both', spectrogram: 'narrow' }),
        choice('full', 'All frequencies', seen === 'full', { mode: 'both', spectrogram: 'full' }),
        choice('wave', 'None', seen === 'none', { mode: 'wave' }),
      ],
    },
    {
      title: 'Curve of fades',
      entries: [
        choice('linear', 'Linear', curve === 'linear', { curve: 'linear' }),
        choice('sine', 'Sine, equal power', curve === 'sine', { curve: 'sine' }),
        choice('cosine', 'Cosine, smooth', curve === 'cosine', { curve: 'cosine' }),
      ],
    },
    {
      title: 'Callers hear',
      entries: [
        choice('ulaw', 'µ-law', law === 'ulaw', { law: 'ulaw' }),
        choice('alaw', 'A-law', law === 'alaw', { law: 'alaw' }),
      ],
    },
  ]
}
