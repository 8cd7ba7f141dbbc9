import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { SplitOptions } from '#contract/batches'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { matrixQuery, useIsAdmin } from './queries.ts'
import { changeOptions, useStudioSession } from './session-state.ts'

type Field = {
  name: keyof SplitOptions
  label: string
  unit: string
  least: number
  most: number
  step: number
}

const fields: readonly Field[] = [
  { name: 'threshold_dbfs', label: 'Silent below', unit: 'dBFS', least: -96, most: -6, step: 1 },
  { name: 'silence_ms', label: 'Pause of at least', unit: 'ms', least: 50, most: 60_000, step: 50 },
  {
    name: 'least_take_ms',
    label: 'Takes of at least',
    unit: 'ms',
    least: 10,
    most: 60_000,
    step: 10,
  },
  { name: 'head_ms', label: 'Kept before', unit: 'ms', least: 0, most: 10_000, step: 10 },
  { name: 'tail_ms', label: 'Kept behind', unit: 'ms', least: 0, most: 10_000, step: 10 },
]

const libraries = [
  { value: 'account', label: 'This account' },
  { value: 'system', label: 'System library' },
] as const

type LanguageFieldProps = {
  language: string
  /** Languages that have prompts. */
  known: readonly string[] | undefined
  isLocked: boolean
  onChange: (language: string) => void
}

/** A session is often the first of its language: any tag can be written. */
const LanguageField = ({ language, known, isLocked, onChange }: LanguageFieldProps) => {
  const id = useId()
  const isNew = language !== '' && known !== undefined && !known.includes(language)
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Language
      </label>
      <input
        id={id}
        className="field-input mono"
        list={`${id}-known`}
        value={language}
        readOnly={isLocked}
        spellCheck={false}
        autoComplete="off"
        placeholder="such as en-us"
        aria-describedby={`${id}-note`}
        onChange={({ target }) => onChange(target.value.trim().toLowerCase())}
      />
      <datalist id={`${id}-known`}>
        {known?.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <span id={`${id}-note`} className="field-help">
        {isNew ? 'no prompts yet' : ''}
      </span>
    </div>
  )
}

/** How the session is cut, and which language its takes are in. */
export const SplitSettings = ({ isLocked }: { isLocked: boolean }) => {
  const { options, library, language } = useStudioSession()
  const isAdmin = useIsAdmin()
  const { data: matrix } = useQuery(matrixQuery(library))
  return (
    <div className="session-options">
      {fields.map(({ name, label, unit, least, most, step }) => (
        <NumberField
          key={name}
          label={label}
          unit={unit}
          value={options[name]}
          minValue={least}
          maxValue={most}
          step={step}
          isDisabled={isLocked}
          formatOptions={{ useGrouping: false }}
          onChange={(value) => {
            if (!Number.isNaN(value)) changeOptions({ [name]: value })
          }}
        />
      ))}
      {isAdmin ? (
        <Select
          label="Into"
          value={library}
          options={libraries}
          isDisabled={isLocked}
          onChange={(chosen) => useStudioSession.setState({ library: chosen })}
        />
      ) : null}
      <LanguageField
        language={language}
        known={matrix?.languages}
        isLocked={isLocked}
        onChange={(chosen) => useStudioSession.setState({ language: chosen })}
      />
    </div>
  )
}
