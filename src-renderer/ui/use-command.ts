import { useEffect, useEffectEvent, useRef } from 'react'
import { useStore } from 'zustand'
import {
  commandRegistry,
  hintOf,
  registerCommand,
  registerSearchProvider,
  type Command,
  type SearchProvider,
} from '../lib/commands.ts'
import { usePreferences } from '../lib/preferences.ts'

/** Offers a command for as long as the component is mounted. `run` always sees the latest render. */
export const useCommand = ({ id, title, group, keys, when, run }: Command): void => {
  const latestRun = useEffectEvent(run)
  const keyList = typeof keys === 'object' ? keys.join('\n') : keys
  useEffect(
    () =>
      registerCommand({
        id,
        title,
        group,
        keys: keyList?.split('\n'),
        when,
        run: () => latestRun(),
      }),
    [id, title, group, keyList, when],
  )
}

/** The keys of a command as they are set on this machine; undefined while it has none. */
export const useCommandHint = (id: string | undefined): string | undefined => {
  const command = useStore(commandRegistry, ({ known }) =>
    id === undefined ? undefined : known.get(id),
  )
  // `hintOf` reads them: other preferences are another hint.
  usePreferences()
  return command && hintOf(command)
}

/** Lets the palette find things of a feature for as long as the component is mounted. */
export const useSearchProvider = ({ group, search }: SearchProvider): void => {
  // A ref and no effect event: the palette searches while it renders.
  const latestSearch = useRef(search)
  useEffect(() => {
    latestSearch.current = search
  })
  useEffect(
    () => registerSearchProvider({ group, search: (text) => latestSearch.current(text) }),
    [group],
  )
}
