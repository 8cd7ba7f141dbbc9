import { useState, type SubmitEvent } from 'react'
import type { LevelMetric } from '#contract/edit-list'
import { gainFor } from '#sound/levels/gain'
import { gainText, unitOf } from '#sound/levels/level-text'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { scopeOf } from './editor-actions.ts'
import { useSelection, useSession } from './editor-context.ts'
import { closeDialog } from './editor-dialogs-state.ts'
import type { MeasuresView } from './use-measures.ts'

const formId = 'editor-normalise'

const metrics = [
  { value: 'active_level', label: 'Speech level', detail: 'P.56' },
  { value: 'loudness', label: 'Loudness', detail: 'BS.1770' },
  { value: 'peak', label: 'Sample peak' },
] as const

const usual: Record<LevelMetric, number> = { active_level: -18, loudness: -18, peak: -3 }

type Outcome = ReturnType<typeof gainFor>

const outcomeText = (outcome: Outcome, isMeasured: boolean): string => {
  if (!isMeasured) return 'It is being measured…'
  if (!outcome) return 'There is nothing in it whose level could be measured.'
  const short =
    outcome.missingDb > 0.05 ? `, ${gainText(-outcome.missingDb)} dB short: the ceiling` : ''
  return `Gain of ${gainText(outcome.gainDb)} dB${short}.`
}

/** Brings the selection, or everything, to a level without lifting a peak over the ceiling. */
export const NormaliseDialog = ({ view }: { view: MeasuresView }) => {
  const session = useSession()
  const { from, to } = useSelection()
  const [metric, setMetric] = useState<LevelMetric>('active_level')
  const [level, setLevel] = useState(usual.active_level)
  const [ceiling, setCeiling] = useState(-3)
  const reading = to > from ? view.selection : view.file
  const measures = reading.isOld ? undefined : reading.report?.measures
  const isWhole = !Number.isNaN(level) && !Number.isNaN(ceiling)
  const outcome = measures && isWhole ? gainFor(measures, { metric, level, ceiling }) : undefined
  const apply = (event: SubmitEvent) => {
    event.preventDefault()
    if (!outcome) return
    const isDone = session.editor.edit({
      kind: 'normalise',
      ...scopeOf(session),
      metric: outcome.metric,
      level,
      gain_db: outcome.gainDb,
    })
    if (isDone) closeDialog()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={closeDialog}
      size="small"
      title={to > from ? 'Normalise the selection' : 'Normalise everything'}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          {reading.start ? <Button onPress={reading.start}>Measure</Button> : null}
          <Button type="submit" form={formId} variant="primary" isDisabled={!outcome}>
            Apply
          </Button>
        </>
      }
    >
      <form id={formId} className="editor-form" onSubmit={apply}>
        <Select
          label="By"
          value={metric}
          options={metrics}
          onChange={(chosen) => {
            setMetric(chosen)
            setLevel(usual[chosen])
          }}
        />
        <NumberField
          label="Level"
          unit={unitOf[metric]}
          autoFocus
          value={level}
          onChange={setLevel}
          minValue={-70}
          maxValue={0}
          step={0.1}
        />
        <NumberField
          label="Ceiling"
          unit="dBTP"
          value={ceiling}
          onChange={setCeiling}
          minValue={-24}
          maxValue={0}
          step={0.1}
          help="No true peak ends above it."
        />
        <p role="status" className="muted">
          {outcomeText(outcome, measures !== undefined)}
        </p>
      </form>
    </Dialog>
  )
}
