import type { ReactNode } from 'react'
import {
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components'
import './field.css'

/** What every field says around its control. An `error` marks it invalid and is read with it. */
export type FieldTexts = {
  label: string
  help?: ReactNode
  error?: string | undefined
}

export const FieldNotes = ({ help, error }: Pick<FieldTexts, 'help' | 'error'>) => (
  <>
    {error ? <FieldError className="field-error">{error}</FieldError> : null}
    {help === undefined ? null : (
      <Text slot="description" className="field-help">
        {help}
      </Text>
    )}
  </>
)

type TextFieldProps = FieldTexts &
  Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> & {
    placeholder?: string
    /** Code and paths: monospaced, without spelling help. */
    isMono?: boolean
  }

export const TextField = (props: TextFieldProps) => {
  const { label, help, error, placeholder = '', isMono = false, ...rest } = props
  return (
    <AriaTextField {...rest} className="field" isInvalid={error !== undefined}>
      <Label className="field-label">{label}</Label>
      <Input
        className={isMono ? 'field-input mono' : 'field-input'}
        placeholder={placeholder}
        spellCheck={!isMono}
      />
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  )
}

type TextAreaProps = Omit<TextFieldProps, 'isMono'> & { rows?: number }

export const TextArea = ({
  label,
  help,
  error,
  placeholder = '',
  rows = 3,
  ...rest
}: TextAreaProps) => (
  <AriaTextField {...rest} className="field" isInvalid={error !== undefined}>
    <Label className="field-label">{label}</Label>
    <AriaTextArea className="field-input field-area" placeholder={placeholder} rows={rows} />
    <FieldNotes help={help} error={error} />
  </AriaTextField>
)
