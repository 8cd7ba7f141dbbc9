import { create } from 'zustand'
import type { Effect } from '#contract/effects'
import type { SaveInput } from './queries.ts'

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
  /** The other document that a conflict is about; undefined for the draft's own. */
  conflictAs: SaveInput['as']
}

export const useEditorDialog = create<DialogState>(() => ({
  open: undefined,
  renamingMarker: undefined,
  effect: 'high_pass',
  conflictAs: undefined,
}))

export const openDialog = (open: DialogName): void => useEditorDialog.setState({ open })

export const openEffect = (effect: EffectKind): void =>
  useEditorDialog.setState({ open: 'effect', effect })

/** Asks whether a file may be replaced: the draft's own document's, or that of the one it was to be saved as. */
export const openConflict = (conflictAs: SaveInput['as']): void =>
  useEditorDialog.setState({ open: 'conflict', conflictAs })

export const closeDialog = (): void => useEditorDialog.setState({ open: undefined })
