import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import './choice-group.css'

type ChoiceGroupProps<V extends string> = {
  label: string
  options: readonly { value: V; label: string }[]
  value: V
  onChange: (value: V) => void
}

/** One of a few, all in sight. */
export const ChoiceGroup = <V extends string>(props: ChoiceGroupProps<V>) => {
  const { label, options, value, onChange } = props
  return (
    <RadioGroup
      className="choice-group"
      orientation="horizontal"
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key)
        if (chosen) onChange(chosen.value)
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="choice-row">
        {options.map((option) => (
          <RadioField key={option.value} value={option.value}>
            <RadioButton className="choice">{option.label}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  )
}
