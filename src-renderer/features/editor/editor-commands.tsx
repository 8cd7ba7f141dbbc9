import type { Command } from '../../lib/commands.ts'
import { useCommand } from '../../ui/use-command.ts'
import { useStanding } from './command-standing.ts'
import { editCommands, selectCommands } from './edit-commands.ts'
import { effectCommands } from './effect-commands.ts'
import { soundCommands } from './sound-commands.ts'
import { viewCommands } from './view-commands.ts'

/** Everything that can be done to a draft, in one list: keys, palette, menus and toolbar follow it. */
export const useEditorCommandList = (): Command[] => {
  const standing = useStanding()
  return [
    ...soundCommands(standing),
    ...editCommands(standing),
    ...effectCommands(standing),
    ...selectCommands(standing),
    ...viewCommands(standing),
  ]
}

const Registered = (command: Command) => {
  useCommand(command)
  return null
}

export const EditorCommands = ({ commands }: { commands: readonly Command[] }) =>
  commands.map((command) => <Registered key={command.id} {...command} />)
