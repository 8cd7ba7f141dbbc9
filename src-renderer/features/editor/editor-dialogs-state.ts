import { create } from 'zustand'
import type { Effect } from '#contract/effects'

export type EffectKind = Effect['kind']

/** What is asked of the person now; one dialog at a time. */
export type DialogName =
  'gain' | 'insert_silence' | 'save_as' | 'conflict' | 'effect' | 'normalise' | 'export'

type DialogState = {
  open: DialogName | undefined
  /** The marker whose name is being typed. */
  renamingMarker: string | undefined
  /** Which effect the dialog is about. */
  effect: EffectKind
}

export const useEditorDialog = create<DialogState>(() => ({
  open: undefined,
  renamingMarker: undefined,
  effect: 'high_pass',
}))

export const openDialog = (open: DialogName): void => useEditorDialog.setState({ open })

export const openEffect = (effect: EffectKind): void =>
  useEditorDialog.setState({ open: 'effect', effect })

export const closeDialog = (): void => useEditorDialog.setState({ open: undefined })
