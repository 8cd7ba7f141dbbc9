import { posix, win32 } from 'node:path'

export type DataDirFacts = {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  home: string
}

/** Where this system keeps the data of an application. */
export const defaultDataDir = ({ platform, env, home }: DataDirFacts): string => {
  if (platform === 'win32') {
    return win32.join(env.LOCALAPPDATA ?? win32.join(home, 'AppData', 'Local'), 'Patchbay')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Patchbay')
  // The XDG specification wants relative paths ignored.
  const xdg = env.XDG_DATA_HOME
  const base = xdg !== undefined && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local/share')
  return posix.join(base, 'patchbay')
}
