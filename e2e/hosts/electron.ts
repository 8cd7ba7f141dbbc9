import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { _electron, type ElectronApplication } from '@playwright/test'
import { root } from './backend-process.ts'
import type { Desktop, Host, WindowFacts } from './host.ts'

const desktopOf = (app: ElectronApplication, binary: string, args: string[]): Desktop => ({
  chooseInMenu: (id) =>
    app.evaluate(({ BrowserWindow, Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted)
      if (!item?.enabled) throw new Error(`the menu does not offer ${wanted}`)
      ;(item.click as (event: object, window: unknown) => void)(
        {},
        BrowserWindow.getFocusedWindow(),
      )
    }, id),
  answerFolderDialog: (path) =>
    app.evaluate(({ dialog }, chosen) => {
      const answer = { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }
      dialog.showOpenDialog = () => Promise.resolve(answer)
    }, path),
  startAgain: async () => {
    const second = spawn(binary, args, { cwd: root, stdio: 'ignore' })
    const [code] = (await once(second, 'exit')) as [number | null]
    return code
  },
  offersInMenu: (id) =>
    app.evaluate(
      ({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.enabled === true,
      id,
    ),
  windows: () =>
    app.evaluate(({ BrowserWindow }): WindowFacts[] =>
      BrowserWindow.getAllWindows()
        .sort((a, b) => a.id - b.id)
        .map((window) => ({
          bounds: window.getNormalBounds(),
          minimized: window.isMinimized(),
          focused: window.isFocused(),
        })),
    ),
  focusWindow: (index) =>
    app.evaluate(
      ({ BrowserWindow }, wanted) =>
        BrowserWindow.getAllWindows()
          .sort((a, b) => a.id - b.id)
          [wanted]!.focus(),
      index,
    ),
  resizeWindow: ({ width, height }, index = 0) =>
    app.evaluate(
      ({ BrowserWindow }, [wanted, ...size]) =>
        BrowserWindow.getAllWindows()
          .sort((a, b) => a.id - b.id)
          [wanted]!.setSize(...size),
      [index, width, height] as [number, number, number],
    ),
  minimizeWindow: () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.minimize()),
  askPermission: async (permission, mediaTypes = []) => {
    const page = await app.firstWindow()
    const names: Record<string, string> = {
      'clipboard-sanitized-write': 'clipboard-write',
      media: mediaTypes.includes('video') ? 'camera' : 'microphone',
    }
    const state = await page.evaluate(
      async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      names[permission] ?? permission,
    )
    return state === 'granted'
  },
  openedOutside: () =>
    app.evaluate(() => (globalThis as { openedOutside?: string[] }).openedOutside ?? []),
})

/** The real thing. Its window needs a display. */
export const openElectron = async (binary: string, dataDir: string): Promise<Host> => {
  const microphone = '--use-fake-device-for-media-stream'
  const args = [microphone, root, '--port=0', `--data=${dataDir}`]
  const app = await _electron.launch({ executablePath: binary, args, cwd: root })
  let log = ''
  let closing: Promise<void> | undefined
  app.process().stderr?.on('data', (text: Buffer) => void (log += text.toString()))
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    shell.openExternal = (url) => Promise.resolve(void opened.push(url))
  })
  const page = await app.firstWindow()
  await page.waitForURL(/^http/)
  return {
    name: 'electron',
    page,
    url: new URL(page.url()).origin,
    token: await page.evaluate(async () => (await globalThis.patchbay.launch()).token),
    log: () => log,
    desktop: desktopOf(app, binary, args),
    nextWindow: () => app.waitForEvent('window'),
    close: () => (closing ??= app.close()),
    kill: async () => {
      const ended = once(app.process(), 'exit')
      app.process().kill('SIGKILL')
      await ended
    },
  }
}
