import type { ReactElement } from 'react'
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
const dialogs: Record<DialogName, (view: MeasuresView) => ReactElement> = {
  gain: (view) => <GainDialog view={view} />,
  insert_silence: () => <InsertSilenceDialog />,
  save_as: () => <SaveAsDialog />,
  conflict: () => <ConflictDialog />,
  effect: () => <EffectDialog />,
  normalise: (view) => <NormaliseDialog view={view} />,
  export: () => <ExportDialog />,
}

export const EditorDialogs = ({ view }: { view: MeasuresView }) => {
  const open = useEditorDialog((state) => state.open)
  return open === undefined ? null : dialogs[open](view)
}
