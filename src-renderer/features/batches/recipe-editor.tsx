import { useRef } from 'react'
import type { RecipeInput } from '#contract/batches'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { FormatForm } from '../../audio/processing/format-form.tsx'
import { definitions, kinds, moved } from '../../audio/processing/steps.ts'
import { StepRow } from './step-row.tsx'
import './recipe-editor.css'

type RecipeEditorProps = {
  input: RecipeInput
  onChange: (change: Partial<RecipeInput>) => void
  /** What was refused, by dotted path. */
  errorOf: (path: string) => string | undefined
}

/** Without the key where files keep their format. */
const withFormat = (format: RecipeInput['format']): Partial<RecipeInput> =>
  ({ format }) as Partial<RecipeInput>

/** Name, steps and format of a recipe. */
export const RecipeEditor = ({ input, onChange, errorOf }: RecipeEditorProps) => {
  const { name, steps, format } = input
  const list = useRef<HTMLOListElement>(null)

  /** The keys go with the step they moved. */
  const focusStep = (index: number) =>
    requestAnimationFrame(() => {
      const row = list.current?.querySelector(`[data-step="${index}"]`)
      row?.querySelector<HTMLElement>('input, button:not([disabled])')?.focus()
    })

  const move = (index: number, by: 1 | -1) => {
    if (steps[index + by] === undefined) return
    onChange({ steps: moved(steps, index, by) })
    focusStep(index + by)
  }
  const remove = (index: number) => {
    onChange({ steps: steps.filter((_, at) => at !== index) })
    focusStep(Math.min(index, steps.length - 2))
  }

  return (
    <div className="recipe-editor">
      <TextField
        label="Name"
        value={name}
        maxLength={128}
        onChange={(value) => onChange({ name: value })}
        error={errorOf('name')}
      />
      <div className="field">
        <span className="field-label" id="recipe-steps">
          Steps, done in this order
        </span>
        <ol ref={list} className="recipe-steps" aria-labelledby="recipe-steps">
          {steps.map((step, index) => (
            <StepRow
              key={`${index}-${step.kind}`}
              step={step}
              index={index}
              count={steps.length}
              errorOf={(field) => errorOf(`steps.${index}.${field}`)}
              onChange={(changed) =>
                onChange({ steps: steps.map((each, at) => (at === index ? changed : each)) })
              }
              onMove={(by) => move(index, by)}
              onRemove={() => remove(index)}
            />
          ))}
        </ol>
        {steps.length === 0 ? <p className="muted">No steps: only the format changes.</p> : null}
        {errorOf('steps') === undefined ? null : (
          <p role="alert" className="field-error">
            {errorOf('steps')}
          </p>
        )}
        <div>
          <Menu
            label="Steps"
            entries={kinds.map((kind) => ({
              id: kind,
              label: `${definitions[kind].title}: ${definitions[kind].about}`,
              run: () => {
                onChange({ steps: [...steps, definitions[kind].initial] })
                focusStep(steps.length)
              },
            }))}
          >
            <Button>
              <Icon name="add" />
              Add a step
            </Button>
          </Menu>
        </div>
      </div>
      <FormatForm
        own="Each file’s own"
        format={format}
        onChange={(value) => onChange(withFormat(value))}
      />
    </div>
  )
}
