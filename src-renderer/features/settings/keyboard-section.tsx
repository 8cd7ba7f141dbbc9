import { useState } from 'react'
import { useStore } from 'zustand'
import { commandRegistry, keysOf, type Command } from '../../lib/commands.ts'
import { changePreferences, usePreferences } from '../../lib/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Switch } from '../../ui/switch.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { Section } from './section.tsx'
import './keyboard-section.css'

const giveKeys = (id: string, keys: readonly string[] | undefined) => {
  const { [id]: _former, ...others } = usePreferences.getState().keys
  changePreferences({ keys: keys === undefined ? others : { ...others, [id]: keys } })
}

type RowProps = { command: Command; isChanged: boolean; change: (command: Command) => void }

const CommandRow = ({ command, isChanged, change }: RowProps) => (
  <li className="key-row">
    <span className="truncate">{command.title}</span>
    <span className="key-row-keys">
      {keysOf(command).map((keys) => (
        <Kbd key={keys} keys={keys} />
      ))}
    </span>
    <Button
      variant="quiet"
      aria-label={`Change the keys of ${command.title}`}
      onPress={() => change(command)}
    >
      Change…
    </Button>
    {isChanged ? (
      <Button
        variant="quiet"
        aria-label={`Give ${command.title} its own keys back`}
        onPress={() => giveKeys(command.id, undefined)}
      >
        Reset
      </Button>
    ) : null}
  </li>
)

/** Every command that has been met, with its keys to change. */
export const KeyboardSection = () => {
  const { letterKeys, keys } = usePreferences()
  const known = useStore(commandRegistry, (state) => state.known)
  const [changing, change] = useState<Command>()
  const groups = Map.groupBy(known.values(), (command) => command.group)
  const changed = Object.keys(keys).length
  return (
    <Section
      title="Keyboard"
      about="Every command can be found by its name with the search at the top. These are their keys; a page adds its own when it is opened for the first time."
    >
      <Switch
        isSelected={letterKeys}
        onChange={(isOn) => changePreferences({ letterKeys: isOn })}
        help="Switch them off when speech input or a slip of the hand sets them off. Space still plays."
      >
        Single letters and signs are commands
      </Switch>
      {changed > 0 ? (
        <div>
          <Button onPress={() => changePreferences({ keys: {} })}>
            {changed === 1 ? 'Reset 1 changed command' : `Reset ${changed} changed commands`}
          </Button>
        </div>
      ) : null}
      {[...groups].map(([group, commands]) => (
        <section key={group} aria-label={group}>
          <h3 className="section-title">{group}</h3>
          <ul>
            {commands.map((command) => (
              <CommandRow
                key={command.id}
                command={command}
                isChanged={command.id in keys}
                change={change}
              />
            ))}
          </ul>
        </section>
      ))}
      {changing ? (
        <KeyDialog
          command={changing}
          known={known}
          save={(chosen) => giveKeys(changing.id, chosen)}
          close={() => change(undefined)}
        />
      ) : null}
    </Section>
  )
}
