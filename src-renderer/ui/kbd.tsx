import { keyLabels } from '../lib/keys.ts'
import { useCommandHint } from './use-command.ts'
import './kbd.css'

/** A key combination as it is printed on this machine's keyboard: `mod+k` is Ctrl K or ⌘ K. */
export const Kbd = ({ keys }: { keys: string }) => (
  <kbd className="kbd">{keyLabels(keys).join(' ')}</kbd>
)

/** The keys a command has here, whatever it came with; nothing while it has none. */
export const CommandKbd = ({ command }: { command: string }) => {
  const keys = useCommandHint(command)
  return keys === undefined ? null : <Kbd keys={keys} />
}
