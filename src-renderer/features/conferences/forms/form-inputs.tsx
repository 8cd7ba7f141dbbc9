import { useState, type ReactNode } from 'react'
import { TextField } from '../../../ui/field.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { digitsOf, valueOf } from './conference-change.ts'
import { labelOf, type FieldOf } from './conference-fields.ts'
import { notesOf, Slot, textOf, type FormApi } from './form-api.tsx'

type InputProps<F> = { form: FormApi; field: F; help?: ReactNode }

type TextInputProps = InputProps<FieldOf<string>> & {
  placeholder?: string
  isMono?: boolean
  autoFocus?: boolean
  maxLength?: number
  type?: 'password'
  autoComplete?: string
}

export const TextInput = ({ form, field, help, ...rest }: TextInputProps) => (
  <Slot field={field}>
    <TextField {...rest} {...textOf(form, field, help)} />
  </Slot>
)

const separator = ' '

/** A list of digits as text with anything between them. */
export const DigitsInput = ({
  form,
  field,
  help,
  placeholder,
}: InputProps<FieldOf<string[]>> & { placeholder: string }) => {
  const digits = (valueOf(form.draft, field) ?? []).join(separator)
  const [typed, setTyped] = useState(digits)
  // What was typed stays as it was typed for as long as it means the same.
  const text = digitsOf(typed).join(separator) === digits ? typed : digits
  return (
    <Slot field={field}>
      <TextField
        label={labelOf(field)}
        isMono
        placeholder={placeholder}
        value={text}
        onChange={(next) => {
          setTyped(next)
          form.set(field, digitsOf(next))
        }}
        {...notesOf(form, field, help)}
      />
    </Slot>
  )
}

export const SwitchInput = ({ form, field, help }: InputProps<FieldOf<boolean>>) => {
  const { error, help: notes } = notesOf(form, field, help)
  return (
    <Slot field={field}>
      <Switch
        isSelected={valueOf(form.draft, field) ?? false}
        onChange={(isOn) => form.set(field, isOn)}
        {...(error === undefined
          ? { help: notes }
          : { help: <span className="tone-bad">{error}</span> })}
      >
        {labelOf(field)}
      </Switch>
    </Slot>
  )
}

const plain = { useGrouping: false }

type NumberInputProps = InputProps<FieldOf<number>> & { min: number; max?: number; unit?: string }

/** Empty is the default, which its help names. */
export const NumberInput = ({ form, field, help, min, max, unit }: NumberInputProps) => (
  <Slot field={field}>
    <NumberField
      label={labelOf(field)}
      minValue={min}
      {...(max === undefined ? {} : { maxValue: max })}
      {...(unit === undefined ? {} : { unit })}
      formatOptions={plain}
      value={valueOf(form.draft, field) ?? NaN}
      onChange={(count) => form.set(field, Number.isNaN(count) ? undefined : count)}
      {...notesOf(form, field, help)}
    />
  </Slot>
)
