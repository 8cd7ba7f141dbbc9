import { useState, type SubmitEvent } from 'react'
import { levelText } from '#sound/levels/level-text'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { scopeOf } from './editor-actions.ts'
import { useSelection, useSession } from './editor-context.ts'
import { closeDialog } from './editor-dialogs-state.ts'
import type { MeasuresView } from './use-measures.ts'

const formId = 'editor-gain'

/** What the loudest sample would come to. */
const outcomeOf = (peakDb: number | null | undefined, gainDb: number) => {
  if (peakDb === null || peakDb === undefined) return { text: undefined, isClipping: false }
  const after = peakDb + gainDb
  return {
    text: `Peaks reach ${levelText(after)} dBTP.`,
    isClipping: after > 0,
  }
}

/** Makes the selection, or everything, louder or softer. */
export const GainDialog = ({ view }: { view: MeasuresView }) => {
  const session = useSession()
  const { from, to } = useSelection()
  const [gainDb, setGain] = useState(-3)
  const report = to > from ? view.selection.report : view.file.report
  const { text, isClipping } = outcomeOf(report?.measures.true_peak_dbtp, gainDb)
  const apply = (event: SubmitEvent) => {
    event.preventDefault()
    const isDone = session.editor.edit({ kind: 'gain', ...scopeOf(session), gain_db: gainDb })
    if (isDone) closeDialog()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={closeDialog}
      size="small"
      title={to > from ? 'Gain of the selection' : 'Gain of everything'}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isDisabled={Number.isNaN(gainDb)}>
            Apply
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={apply}>
        <NumberField
          label="Gain"
          unit="dB"
          autoFocus
          value={gainDb}
          onChange={setGain}
          minValue={-60}
          maxValue={60}
          step={0.1}
          formatOptions={{ signDisplay: 'exceptZero', maximumFractionDigits: 1 }}
          help={text}
          error={isClipping ? 'That would clip. Stay below, or compress first.' : undefined}
        />
      </form>
    </Dialog>
  )
}
