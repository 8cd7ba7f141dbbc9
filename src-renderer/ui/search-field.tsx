import type { Ref } from 'react'
import { Input, SearchField as AriaSearchField } from 'react-aria-components'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { CommandKbd } from './kbd.tsx'
import './search-field.css'

type SearchFieldProps = {
  /** Its name for screen readers and its placeholder. */
  label: string
  value: string
  onChange: (value: string) => void
  /** The id of the command that leads here. */
  command?: string
  inputRef?: Ref<HTMLInputElement>
  /** Enter or Arrow down: on to what was found. */
  onDown?: () => void
}

/** Escape empties it. */
export const SearchField = (props: SearchFieldProps) => {
  const { label, value, onChange, command, inputRef, onDown } = props
  return (
    <AriaSearchField className="search-field" aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" size={14} />
      <Input
        className="search-input"
        placeholder={label}
        onKeyDown={(event) => {
          if (!onDown || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return
          event.preventDefault()
          onDown()
        }}
        {...(inputRef ? { ref: inputRef } : {})}
      />
      {value === '' ? (
        command ? (
          <CommandKbd command={command} />
        ) : null
      ) : (
        <IconButton icon="close" label="Empty the search" />
      )}
    </AriaSearchField>
  )
}
