import { isSelected } from '../../audio/edit-view/edit-view-state.ts'
import type { Command } from '../../lib/commands.ts'
import { useToasts } from '../../ui/toast-store.ts'
import { commandsOf, type Standing } from './command-standing.ts'
import { openDialog, openEffect } from './editor-dialogs-state.ts'
import type { Session } from './editor-session.ts'
import { definitionOf, effectKinds, useNoiseProfile } from './effect-figures.ts'

const group = 'Effects'
const command = commandsOf(group)

const takeNoise = ({ editor }: Session) => {
  const range = editor.view.getState().selection
  if (!isSelected(range)) return
  useNoiseProfile.setState({ profile: { range, list: editor.list() } })
  const text =
    'This is the noise. Now select what it is to be taken from, or nothing for all of it.'
  useToasts.getState().show({ tone: 'ok', text })
}

/** What sox can do to the draft, in the order of the menu. */
export const effectCommands = (standing: Standing): Command[] => {
  const { session, isFree, hasSelection, hasSound } = standing
  const when = isFree && hasSound
  return [
    command('normalise', 'Normalise…', 'n', { when, run: () => openDialog('normalise') }),
    ...effectKinds.map((kind) =>
      command(`effect-${kind.replaceAll('_', '-')}`, `${definitionOf(kind).title}…`, undefined, {
        when,
        run: () => openEffect(kind),
      }),
    ),
    command('noise-profile', 'Take noise profile from the selection', undefined, {
      when: isFree && hasSelection,
      run: () => takeNoise(session),
    }),
  ]
}

/** All that works on the sound as a whole stretch, for the menu. */
export const isEffect = ({ id, group: of }: Command): boolean =>
  of === group || /[.](reverse|crossfade|insert-silence)$/.test(id)
