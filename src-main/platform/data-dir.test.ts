import { describe, expect, it } from 'vitest'
import { defaultDataDir } from './data-dir.ts'

describe('default data folder', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.local/share/patchbay'],
    ['linux', { XDG_DATA_HOME: '/srv/data' }, '/home/ada', '/srv/data/patchbay'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada', '/home/ada/.local/share/patchbay'],
    ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/Patchbay'],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\ada', 'D:\\Local\\Patchbay'],
    ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\Patchbay'],
  ] as const)('on %s with %o and home %s is %s', (platform, env, home, folder) => {
    expect(defaultDataDir({ platform, env, home })).toBe(folder)
  })
})
