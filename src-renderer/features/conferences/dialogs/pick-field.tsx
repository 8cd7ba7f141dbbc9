import type { KeyboardEvent } from 'react'
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { FieldNotes, type FieldTexts } from '../../../ui/field.tsx'
import './pick-field.css'

export type PickOption = { readonly id: string; readonly label: string; readonly detail: string }

type PickFieldProps = FieldTexts & {
  placeholder: string
  text: string
  onText: (text: string) => void
  /** What fits the text, best first. */
  options: readonly PickOption[]
  onPick: (id: string) => void
  /** Enter while no option is pointed at. */
  onEnter?: () => void
  autoFocus?: boolean
}

/** Finds one of many by typing. What is picked is shown by its surroundings, and more can be picked after it. */
export const PickField = (props: PickFieldProps) => {
  const { label, help, error, placeholder, text, onText, options, onPick, onEnter } = props
  const { autoFocus = false } = props
  const enter = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.currentTarget.hasAttribute('aria-activedescendant')) return
    event.preventDefault()
    onEnter?.()
  }
  return (
    <ComboBox
      className="field"
      items={options}
      value={null}
      onChange={(key) => {
        if (key !== null) onPick(String(key))
      }}
      inputValue={text}
      onInputChange={onText}
      allowsCustomValue
      menuTrigger="input"
      isInvalid={error !== undefined}
    >
      <Label className="field-label">{label}</Label>
      <Input
        className="field-input"
        placeholder={placeholder}
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        onKeyDown={enter}
      />
      <FieldNotes help={help} error={error} />
      <Popover className="menu-popover pick-popover" offset={4}>
        <ListBox className="menu" items={options}>
          {({ id, label: name, detail }) => (
            <ListBoxItem id={id} className="menu-item pick-option" textValue={name}>
              <span className="menu-label truncate">
                <bdi>{name}</bdi>
              </span>
              <span className="faint truncate">{detail}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
