import { useEffect } from 'react'
import { bridge } from '../lib/bridge.ts'
import { commandForPress, type KeyContext } from '../lib/command-keys.ts'
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

const runForKey = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.isComposing) return
  const { commands } = commandRegistry.getState()
  const command = commandForPress(event, commands.values(), contextOf(event.target))
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
