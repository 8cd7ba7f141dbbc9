import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { menuTemplate } from './menu.ts'

const flatten = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])])

const items = (platform: NodeJS.Platform, command = vi.fn(), openDocs = vi.fn()) =>
  flatten(menuTemplate(platform, { command, openDocs }))

const press = (item: MenuItemConstructorOptions) => (item.click as unknown as () => void)()

describe('native menu', () => {
  it('sends the id of the chosen item as a command', () => {
    const command = vi.fn()

    for (const item of items('linux', command)) if (item.id?.includes('.')) press(item)

    expect(command.mock.calls.flat()).toEqual([
      'prompts.import',
      'prompts.export',
      'app.palette',
      'app.go.prompts',
      'app.go.media',
      'app.go.editor',
      'app.go.batches',
      'app.go.phones',
      'app.go.settings',
    ])
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
