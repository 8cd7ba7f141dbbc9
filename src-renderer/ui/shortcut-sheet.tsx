import { useStore } from 'zustand'
import { commandRegistry, keysOf, type Command } from '../lib/commands.ts'
import { Kbd } from './kbd.tsx'
import './shortcut-sheet.css'

/** Every command that has been met, by group, with its keys. */
export const ShortcutSheet = () => {
  const known = useStore(commandRegistry, (state) => state.known)
  const groups = Map.groupBy([...known.values()].filter(hasKeys), (command) => command.group)
  return (
    <div className="shortcut-sheet">
      {[...groups].map(([group, commands]) => (
        <section key={group} aria-label={group}>
          <h3 className="section-title">{group}</h3>
          <ul>
            {commands.map((command) => (
              <li key={command.id} className="shortcut">
                <span className="truncate">{command.title}</span>
                <span className="shortcut-keys">
                  {keysOf(command).map((keys) => (
                    <Kbd key={keys} keys={keys} />
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

const hasKeys = (command: Command) => keysOf(command).length > 0
