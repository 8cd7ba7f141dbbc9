import type { ComponentType } from 'react'
import { ConflictDialog } from './conflict-dialog.tsx'
import { useEditorDialog, type DialogName } from './editor-dialogs-state.ts'
import { EffectDialog } from './effect-dialog.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { GainDialog } from './gain-dialog.tsx'
import { InsertSilenceDialog } from './insert-silence-dialog.tsx'
import { NormaliseDialog } from './normalise-dialog.tsx'
import { SaveAsDialog } from './save-as-dialog.tsx'
import type { MeasuresView } from './use-measures.ts'

/** One file each; mounted only while it is asked for. */
const dialogs: Partial<Record<DialogName, ComponentType<{ view: MeasuresView }>>> = {
  gain: GainDialog,
  insert_silence: InsertSilenceDialog,
  save_as: SaveAsDialog,
  conflict: ConflictDialog,
  effect: EffectDialog,
  normalise: NormaliseDialog,
  export: ExportDialog,
}

export const EditorDialogs = ({ view }: { view: MeasuresView }) => {
  const open = useEditorDialog((state) => state.open)
  const Dialog = open && dialogs[open]
  return Dialog ? <Dialog view={view} /> : null
}
