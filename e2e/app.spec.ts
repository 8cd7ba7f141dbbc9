import type { WebSocketRoute } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { appFrame } from './pages/app-frame.ts'

test('opens connected and signed in', async ({ page }) => {
  const app = appFrame(page)

  await expect(app.connection).toHaveText('Backend')
  await expect(app.title).toHaveText('Prompts')
  expect(page.url()).not.toContain('token')
})

test('finds its pages in the palette', async ({ page }) => {
  const app = appFrame(page)

  await app.runFromPalette('Go to Media')
  await expect(app.title).toHaveText('Media')

  await app.runFromPalette('Go to Settings')
  await expect(app.title).toHaveText('Settings')
})

test('says that it lost its backend, and finds it again', async ({ page }) => {
  const app = appFrame(page)
  const sockets = new Set<WebSocketRoute>()
  let isReachable = true
  await page.routeWebSocket(/\/socket/, async (socket) => {
    if (!isReachable) return socket.close()
    sockets.add(socket)
    socket.connectToServer()
  })
  await page.reload()
  await expect(app.connection).toHaveText('Backend')

  isReachable = false
  for (const socket of sockets) await socket.close()
  await expect(app.connection).toContainText('Reconnecting')

  isReachable = true
  await expect(app.connection).toHaveText('Backend', { timeout: 30_000 })
})

test('opens pages and the palette from the native menu @desktop', async ({ page, desktop }) => {
  const app = appFrame(page)
  await expect(app.connection).toHaveText('Backend')

  await desktop.chooseInMenu('app.palette')
  await expect(app.palette).toBeVisible()
  await page.keyboard.press('Escape')

  await desktop.chooseInMenu('app.go.media')
  await expect(app.title).toHaveText('Media')
})
