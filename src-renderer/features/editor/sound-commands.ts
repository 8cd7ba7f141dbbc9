import type { Command } from '../../lib/commands.ts'
import { commandsOf, type Standing } from './command-standing.ts'
import { pauseHere, playLooped, playOrStop, setLooping } from './editor-actions.ts'
import { transport, type Session } from './editor-session.ts'
import { changeEditorSettings, useEditorSettings } from './editor-settings.ts'

const command = commandsOf('Sound')

export const toggleCaller = (): void => transport.setCaller(!transport.store.getState().isCaller)

export const toggleLoop = (session: Session): void => {
  const isLooping = !useEditorSettings.getState().isLooping
  changeEditorSettings({ isLooping })
  setLooping(session, isLooping)
}

export const soundCommands = ({ session, hasSound: when }: Standing): Command[] => [
  command('play', 'Play or stop', 'space', { when, run: () => playOrStop(session) }),
  command('play-looped', 'Play the selection in a loop', 'shift+space', {
    when,
    run: () => playLooped(session),
  }),
  command('pause', 'Stop and put the cursor here', 'p', { when, run: () => pauseHere(session) }),
  command('loop', 'Loop on or off', 'l', { run: () => toggleLoop(session) }),
  command('caller', 'As the caller hears it', 't', { run: toggleCaller }),
]
