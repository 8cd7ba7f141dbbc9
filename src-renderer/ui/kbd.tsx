import { keyLabels } from '../lib/keys.ts'
import './kbd.css'

/** A key combination as it is printed on this machine's keyboard: `mod+k` is Ctrl K or ⌘ K. */
export const Kbd = ({ keys }: { keys: string }) => (
  <kbd className="kbd">{keyLabels(keys).join(' ')}</kbd>
)
