import type { KeyboardEvent } from 'react'
import type { RecipeStep } from '#contract/effects'
import { unitOf } from '#sound/levels/level-text'
import { IconButton } from '../../ui/icon-button.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { definitions, figureOf, withFigure } from '../../audio/processing/steps.ts'

type StepRowProps = {
  step: RecipeStep
  /** From 0. */
  index: number
  count: number
  errorOf: (field: string) => string | undefined
  onChange: (step: RecipeStep) => void
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

const metrics = [
  { value: 'active_level', label: 'Speech level', detail: 'dBov, P.56' },
  { value: 'loudness', label: 'Loudness', detail: 'LUFS' },
  { value: 'peak', label: 'Sample peak', detail: 'dBFS' },
] as const

/** A metric other than the speech level needs a figure: a pack has none of it. */
const levelOfMetric = { active_level: -18, loudness: -18, peak: -3 } as const

type Normalise = Extract<RecipeStep, { kind: 'normalise' }>

const MetricSelect = ({
  step,
  onChange,
}: {
  step: Normalise
  onChange: (step: RecipeStep) => void
}) => (
  <Select
    label="By"
    value={step.metric}
    options={metrics}
    onChange={(metric) =>
      onChange(
        metric === 'active_level'
          ? { ...step, metric }
          : { ...step, metric, level: step.level ?? levelOfMetric[metric] },
      )
    }
  />
)

/** One step of a recipe with its figures; Alt with the arrow keys moves it. */
export const StepRow = (props: StepRowProps) => {
  const { step, index, count, errorOf, onChange, onMove, onRemove } = props
  const { title, fields } = definitions[step.kind]
  const name = `step ${index + 1}, ${title}`
  const moveByKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li className="recipe-step" onKeyDownCapture={moveByKey} data-step={index}>
      <span className="recipe-step-number mono faint" aria-hidden="true">
        {index + 1}
      </span>
      <span className="recipe-step-title">{title}</span>
      <div className="recipe-step-fields" role="group" aria-label={`Figures of ${name}`}>
        {step.kind === 'normalise' ? <MetricSelect step={step} onChange={onChange} /> : null}
        {fields.map(({ name: field, label, unit, least, most, step: by, empty }) => {
          const isLevel = step.kind === 'normalise' && field === 'level'
          const shownUnit = isLevel ? unitOf[step.metric] : unit
          const value = figureOf(step, field)
          return (
            <NumberField
              key={field}
              label={label}
              value={value}
              minValue={least}
              maxValue={most}
              step={by}
              formatOptions={{ useGrouping: false, maximumFractionDigits: 2 }}
              error={errorOf(field)}
              onChange={(next) => onChange(withFigure(step, field, next))}
              {...(shownUnit === undefined ? {} : { unit: shownUnit })}
              {...(empty !== undefined && Number.isNaN(value) ? { help: empty } : {})}
            />
          )
        })}
      </div>
      <div className="recipe-step-buttons">
        <IconButton
          icon="up"
          label={`Move ${name} up`}
          keys="alt+up"
          isDisabled={index === 0}
          onPress={() => onMove(-1)}
        />
        <IconButton
          icon="down"
          label={`Move ${name} down`}
          keys="alt+down"
          isDisabled={index === count - 1}
          onPress={() => onMove(1)}
        />
        <IconButton icon="trash" label={`Remove ${name}`} onPress={onRemove} />
      </div>
    </li>
  )
}
