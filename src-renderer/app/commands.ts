import { useEffect } from 'react'
import { bridge } from '../lib/bridge.ts'
import { beginsSequence, commandForPress, type KeyContext } from '../lib/command-keys.ts'
import { commandRegistry, runCommand } from '../lib/commands.ts'
import { usePreferences } from '../lib/preferences.ts'

const text =
  'input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea, select, [contenteditable=""], [contenteditable=true]'
const control =
  'button, a, summary, [role=button], [role=checkbox], [role=switch], [role=radio], [role=tab]'
const overlay = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

const contextOf = (target: EventTarget | null): KeyContext => {
  const isIn = (selector: string) => target instanceof Element && target.closest(selector) !== null
  return {
    inText: isIn(text),
    onControl: isIn(control),
    inOverlay: isIn(overlay),
    letterKeys: usePreferences.getState().letterKeys,
  }
}

/** So long the second key of a sequence is waited for. */
const sequenceMs = 1500
let began = { keys: '', atMs: -Infinity }

const runForKey = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.isComposing) return
  const commands = [...commandRegistry.getState().commands.values()]
  const context = contextOf(event.target)
  const before = event.timeStamp - began.atMs < sequenceMs ? began.keys : undefined
  const command = commandForPress(event, commands, context, { before })
  const keys = command ? undefined : beginsSequence(event, commands, context)
  if (keys !== undefined) began = { keys, atMs: event.timeStamp }
  // Shift alone does not end a sequence.
  else if (event.key.length === 1 || command) began = { keys: '', atMs: -Infinity }
  if (!command) return
  event.preventDefault()
  command.run()
}

/** A button takes Enter for itself, whatever is held with it: keys of a command are read before it. */
const runBeforeControl = (event: KeyboardEvent) => {
  if (!(event.ctrlKey || event.metaKey) || !contextOf(event.target).onControl) return
  runForKey(event)
  if (event.defaultPrevented) event.stopPropagation()
}

/** The one place where keys and the native menu become commands. */
export const useCommandKeys = (): void => {
  useEffect(() => {
    window.addEventListener('keydown', runForKey)
    window.addEventListener('keydown', runBeforeControl, { capture: true })
    const leaveMenu = bridge.onMenu?.((id) => void runCommand(id))
    return () => {
      window.removeEventListener('keydown', runForKey)
      window.removeEventListener('keydown', runBeforeControl, { capture: true })
      leaveMenu?.()
    }
  }, [])
}
