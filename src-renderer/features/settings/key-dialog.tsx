import { useState, type KeyboardEvent } from 'react'
import { keysOf, type Command } from '../../lib/commands.ts'
import { conflictOf } from '../../lib/key-conflict.ts'
import { isSameKeys, keysOfPress } from '../../lib/keys.ts'
import { changePreferences, usePreferences } from '../../lib/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import './key-dialog.css'

type KeyDialogProps = {
  command: Command
  known: ReadonlyMap<string, Command>
  save: (keys: readonly string[]) => void
  close: () => void
}

// They move the focus, leave the dialog and press its buttons.
const reserved = new Set(['tab', 'shift+tab', 'escape', 'enter'])

/** Takes these keys from the command that has them. */
const takeFrom = (other: Command, taken: string) => {
  const left = keysOf(other).filter((keys) => !isSameKeys(keys, taken))
  changePreferences({ keys: { ...usePreferences.getState().keys, [other.id]: left } })
}

/** Asks for the keys of a command by letting a person press them. */
export const KeyDialog = ({ command, known, save, close }: KeyDialogProps) => {
  const [keys, setKeys] = useState<string>()
  const other = keys === undefined ? undefined : conflictOf(command, keys, known.values())

  const press = (event: KeyboardEvent) => {
    const pressed = keysOfPress(event)
    if (pressed === undefined || reserved.has(pressed)) return
    event.preventDefault()
    event.stopPropagation()
    setKeys(pressed)
  }
  const finish = (chosen: string | undefined) => {
    if (other && chosen !== undefined) takeFrom(other, chosen)
    save(chosen === undefined ? [] : [chosen])
    close()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      size="small"
      title={`Keys for “${command.title}”`}
      footer={
        <>
          <Button onPress={() => finish(undefined)}>No keys</Button>
          <Button variant="primary" isDisabled={keys === undefined} onPress={() => finish(keys)}>
            {other ? 'Take them over' : 'Use these keys'}
          </Button>
        </>
      }
    >
      <div
        className="key-capture"
        role="textbox"
        aria-readonly="true"
        aria-label="Press the new keys"
        tabIndex={0}
        // The dialog is opened for nothing else.
        ref={(element) => element?.focus()}
        onKeyDown={press}
      >
        {keys === undefined ? (
          <span className="muted">Press the new keys</span>
        ) : (
          <Kbd keys={keys} />
        )}
      </div>
      <p role="status" className={other ? 'tone-warn' : 'muted'}>
        {other
          ? `They belong to “${other.title}”, which would lose them.`
          : 'Tab, Enter and Escape keep their meaning.'}
      </p>
    </Dialog>
  )
}
