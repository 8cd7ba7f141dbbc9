import type { MenuEntry } from '../../ui/menu.tsx'
import { keysOf, type Command } from '../../lib/commands.ts'
import { changeEditorSettings, type EditorSettings } from './editor-settings.ts'

/** A command as an entry of a menu. */
export const entryOf = (command: Command): MenuEntry => {
  const [keys] = keysOf(command)
  return {
    id: command.id,
    label: command.title,
    isDisabled: command.when === false,
    run: command.run,
    ...(keys === undefined ? {} : { keys }),
  }
}

const choice = (id: string, label: string, isOn: boolean, change: Partial<EditorSettings>) => ({
  id,
  label,
  ...(isOn ? { icon: 'check' as const } : {}),
  run: () => changeEditorSettings(change),
})

/** How the editor shows things. */
export const viewEntries = (settings: EditorSettings): MenuEntry[] => {
  const { snap, follow, mode, spectrogram, curve, law } = settings
  return [
    choice('snap', 'Snap the selection to zero crossings', snap, { snap: !snap }),
    choice('page', 'Follow the playhead by pages', follow === 'page', { follow: 'page' }),
    choice('smooth', 'Keep the playhead in the middle', follow === 'smooth', { follow: 'smooth' }),
    choice('stay', 'Do not follow the playhead', follow === 'off', { follow: 'off' }),
    choice('narrow', 'Spectrogram 0–4 kHz', mode === 'both' && spectrogram === 'narrow', {
      mode: 'both',
      spectrogram: 'narrow',
    }),
    choice('full', 'Spectrogram of everything', mode === 'both' && spectrogram === 'full', {
      mode: 'both',
      spectrogram: 'full',
    }),
    choice('wave', 'No spectrogram', mode === 'wave', { mode: 'wave' }),
    choice('linear', 'Fades: linear', curve === 'linear', { curve: 'linear' }),
    choice('sine', 'Fades: sine, equal power', curve === 'sine', { curve: 'sine' }),
    choice('cosine', 'Fades: cosine, smooth', curve === 'cosine', { curve: 'cosine' }),
    choice('ulaw', 'Callers hear µ-law', law === 'ulaw', { law: 'ulaw' }),
    choice('alaw', 'Callers hear A-law', law === 'alaw', { law: 'alaw' }),
  ]
}
