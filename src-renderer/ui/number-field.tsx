import {
  Group,
  Input,
  Label,
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from 'react-aria-components'
import { FieldNotes, type FieldTexts } from './field.tsx'

type NumberFieldProps = FieldTexts &
  Omit<AriaNumberFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> & {
    /** Written after the number: `MB`, `ms`. */
    unit?: string
  }

export const NumberField = ({ label, help, error, unit, ...rest }: NumberFieldProps) => (
  <AriaNumberField {...rest} className="field" isInvalid={error !== undefined}>
    <Label className="field-label">{label}</Label>
    <Group className="field-with-unit">
      <Input className="field-input field-number" />
      {unit ? <span className="field-unit">{unit}</span> : null}
    </Group>
    <FieldNotes help={help} error={error} />
  </AriaNumberField>
)
