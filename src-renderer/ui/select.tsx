import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components'
import { FieldNotes, type FieldTexts } from './field.tsx'
import { Icon } from './icon.tsx'
import './select.css'

export type SelectOption<V extends string> = { value: V; label: string; detail?: string }

type SelectProps<V extends string> = FieldTexts & {
  value: V
  options: readonly SelectOption<V>[]
  onChange: (value: V) => void
  isDisabled?: boolean
}

export const Select = <V extends string>(props: SelectProps<V>) => {
  const { label, help, error, value, options, onChange, isDisabled = false } = props
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key)
        if (chosen) onChange(chosen.value)
      }}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
    >
      <Label className="field-label">{label}</Label>
      <Button className="field-input select-button">
        <SelectValue className="select-value">{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="chevron-down" size={14} />
      </Button>
      <FieldNotes help={help} error={error} />
      <Popover className="menu-popover select-popover" offset={4}>
        <ListBox
          className="menu"
          items={options.map((option) => ({ ...option, id: option.value }))}
        >
          {(option) => (
            <ListBoxItem className="menu-item select-option" textValue={option.label}>
              <span className="menu-label">{option.label}</span>
              {option.detail ? <span className="faint">{option.detail}</span> : null}
              <span className="select-check">
                <Icon name="check" size={14} />
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
