import { isSelected } from '../../audio/edit-view/edit-view-state.ts'
import type { Command } from '../../lib/commands.ts'
import { useToasts } from '../../ui/toast-store.ts'
import { commandsOf, toEditSelection, toEditSound, type Standing } from './command-standing.ts'
import { openDialog, openEffect, type EffectKind } from './editor-dialogs-state.ts'
import type { Session } from './editor-session.ts'
import { definitionOf, effectKinds, useNoiseProfile } from './effect-figures.ts'

const command = commandsOf('Effects')

const takeNoise = ({ editor }: Session) => {
  const range = editor.view.getState().selection
  if (!isSelected(range)) return
  useNoiseProfile.setState({ profile: { range, list: editor.list() } })
  const text =
    'This is the noise. Now select what it is to be taken from, or nothing for all of it.'
  useToasts.getState().show({ tone: 'ok', text })
}

const effectCommand = (standing: Standing, kind: EffectKind): Command =>
  command(`effect-${kind.replaceAll('_', '-')}`, `${definitionOf(kind).title}…`, undefined, {
    ...toEditSound(standing),
    run: () => openEffect(kind),
  })

/** What sox can do to the draft, in the order of the menu. */
export const effectCommands = (standing: Standing): Command[] => [
  command('normalise', 'Normalise…', 'n', {
    ...toEditSound(standing),
    run: () => openDialog('normalise'),
  }),
  ...effectKinds.map((kind) => effectCommand(standing, kind)),
  command('noise-profile', 'Take noise profile from the selection', undefined, {
    ...toEditSelection(standing),
    run: () => takeNoise(standing.session),
  }),
]
