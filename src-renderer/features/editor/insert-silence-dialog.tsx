import { useState, type SubmitEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { useEditList, useSelection, useSession } from './editor-context.ts'
import { closeDialog } from './editor-dialogs-state.ts'

const formId = 'editor-insert-silence'

/** Puts silence in at the cursor, or before the selection. */
export const InsertSilenceDialog = () => {
  const { editor } = useSession()
  const { sample_rate_hz: rate } = useEditList()
  const { from, to } = useSelection()
  const [ms, setMs] = useState(200)
  const frames = Math.round((ms / 1000) * rate)
  const insert = (event: SubmitEvent) => {
    event.preventDefault()
    const { selection } = editor.view.getState()
    const isDone = editor.edit({ kind: 'insert_silence', at: selection.from, frames })
    if (isDone) closeDialog()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={closeDialog}
      size="small"
      title={to > from ? 'Insert silence before the selection' : 'Insert silence at the cursor'}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isDisabled={!(frames > 0)}>
            Insert
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={insert}>
        <NumberField
          label="Length"
          unit="ms"
          autoFocus
          value={ms}
          onChange={setMs}
          minValue={1}
          maxValue={3_600_000}
        />
      </form>
    </Dialog>
  )
}
