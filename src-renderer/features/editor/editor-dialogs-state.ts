import { create } from 'zustand'
import type { Effect } from '#contract/effects'
import type { SaveInput } from './queries.ts'

export type EffectKind = Effect['kind']

/** What is asked of the person now; one dialog at a time. */
export type DialogName =
  'gain' | 'insert_silence' | 'save_as' | 'conflict' | 'effect' | 'normalise' | 'export'

type Asked = { as: NonNullable<SaveInput['as']>; problem?: string }

type DialogState = {
  open: DialogName | undefined
  /** The marker whose name is being typed. */
  renamingMarker: string | undefined
  /** Which effect the dialog is about. */
  effect: EffectKind
  /** What the draft was to be saved as when that did not work, to be asked about or typed again. */
  asked: Asked | undefined
}

export const useEditorDialog = create<DialogState>(() => ({
  open: undefined,
  renamingMarker: undefined,
  effect: 'high_pass',
  asked: undefined,
}))

export const openDialog = (open: DialogName): void => useEditorDialog.setState({ open })

export const openEffect = (effect: EffectKind): void =>
  useEditorDialog.setState({ open: 'effect', effect })

/** Asks whether a file may be replaced: the draft's own document's, or that of the one it was to be saved as. */
export const openConflict = (as: SaveInput['as']): void =>
  useEditorDialog.setState({ open: 'conflict', asked: as && { as } })

/** Gives back what was typed, with what is wrong with it. */
export const askAgain = (asked: Required<Asked>): void =>
  useEditorDialog.setState({ open: 'save_as', asked })

export const closeDialog = (): void =>
  useEditorDialog.setState({ open: undefined, asked: undefined })
