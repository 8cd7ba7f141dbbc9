import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { isOffered, menuTemplate, pageCommands } from './menu.ts'

const flatten = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])])

const items = (platform: NodeJS.Platform, command = vi.fn(), openDocs = vi.fn()) =>
  flatten(menuTemplate(platform, { command, openDocs, showMain: vi.fn() }))

const inFront = { id: 7 }
const press = (item: MenuItemConstructorOptions) =>
  (item.click as unknown as (item: unknown, window: unknown) => void)(item, inFront)

describe('native menu', () => {
  it('sends the id of the chosen item as a command, to the window it was chosen in', () => {
    const command = vi.fn()

    for (const item of items('linux', command)) {
      if (item.id !== undefined && pageCommands.includes(item.id)) press(item)
    }

    expect(command.mock.calls).toEqual(pageCommands.map((id) => [id, inFront]))
  })

  it('offers a conference in its own window no way to other pages', () => {
    const offered = (kind: 'main' | 'pop-out') => pageCommands.filter((id) => isOffered(id, kind))

    expect(offered('pop-out')).toEqual(['app.palette'])
    expect(offered('main')).toEqual(pageCommands)
  })

  it.each(['linux', 'win32', 'darwin'] as const)('gives no accelerator twice on %s', (platform) => {
    const accelerators = items(platform).flatMap(({ accelerator }) => accelerator ?? [])

    expect(new Set(accelerators).size).toBe(accelerators.length)
  })

  it.each(['linux', 'win32', 'darwin'] as const)(
    'keeps the edit keys of text fields on %s',
    (platform) => {
      expect(items(platform).map(({ role }) => role)).toContain('editMenu')
    },
  )

  it('quits from the app menu on macOS and from File elsewhere', () => {
    expect(items('darwin').map(({ role }) => role)).toContain('appMenu')
    expect(items('linux').map(({ role }) => role)).toContain('quit')
  })
})
