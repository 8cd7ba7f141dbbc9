import type { Page } from '@playwright/test'
import { startCallPhone } from '../src-main/test/call-phone.ts'
import type { Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import type { Host } from './hosts/host.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'

const people = ['Ann Berg', 'Carl Carlsson'] as const

/** A conference with two people in it, who called. */
const prepare = async (api: Api) => {
  await api.call('PATCH', '/studio/sip', { port: 0 })
  const { sip } = await api.call<{ sip: string }>('GET', '/studio/status')
  const account = `/v2/accounts/${api.accountId}`
  const { id } = await api.call<{ id: string }>('PUT', `${account}/conferences`, {
    ...{ name: 'Town hall', conference_numbers: ['4000'], play_welcome: false },
    ...{ play_entry_tone: false, play_exit_tone: false, member: { join_muted: false } },
  })
  const calls = []
  for (const [index, displayName] of people.entries()) {
    const [user, password] = [`100${index + 1}`, `secret-${index + 1}`]
    await api.call('PUT', `${account}/devices`, {
      name: displayName,
      sip: { username: user, password },
    })
    const phone = await startCallPhone(sip, { user, password, displayName })
    await phone.register()
    calls.push(await phone.call('4000'))
  }
  return { calls, remove: () => api.call('DELETE', `${account}/conferences/${id}`) }
}

/** By its keys on the open board. */
const popOut = async (host: Host): Promise<Page> => {
  const opened = host.nextWindow()
  await boardPage(host.page).press('g o')
  const popped = await opened
  await boardPage(popped).table.waitFor()
  return popped
}

const countWindows = async ({ desktop, page }: Host) =>
  desktop ? (await desktop.windows()).length : page.context().pages().length

test('a conference in a window of its own shows and does what the board does', async ({
  host,
  page,
  api,
}) => {
  const { calls, remove } = await prepare(api)
  const main = boardPage(page)
  await main.open()

  const popped = await popOut(host)
  const board = boardPage(popped)

  await expect(popped).toHaveTitle('Town hall – Patchbay')
  await expect(board.main.getByRole('heading', { name: 'Town hall' })).toBeVisible()
  await expect(popped.getByRole('navigation')).toHaveCount(0)
  await expect(popped.getByRole('banner')).toHaveCount(0)
  expect(popped.url()).not.toContain('token')

  await test.step('what is done in it is seen in both windows', async () => {
    await board.goTo('Carl Carlsson')
    await popped.keyboard.press('m')
    await expect(board.state('Carl Carlsson')).toHaveText('muted')
    await expect(main.state('Carl Carlsson')).toHaveText('muted')
    await main.goTo('Carl Carlsson')
    await page.keyboard.press('m')
    await expect(board.state('Carl Carlsson')).not.toHaveText('muted')
  })

  await test.step('the levels of both move', async () => {
    calls[0]?.audio.say(440)
    await expect(board.state('Ann Berg')).toHaveText('talking')
    await expect(main.state('Ann Berg')).toHaveText('talking')
    for (const each of [board, main])
      await expect(each.row('Ann Berg').locator('.level-track')).not.toHaveClass(/level-none/)
  })

  await test.step('its palette leads nowhere else', async () => {
    await popped.keyboard.press('ControlOrMeta+k')
    const palette = popped.getByRole('dialog', { name: 'Command palette' })
    await palette.getByRole('combobox').fill('lock')
    await expect(palette.getByRole('option', { name: /Lock or unlock/ })).toBeVisible()
    await palette.getByRole('combobox').fill('go to')
    await expect(palette.getByRole('option', { name: /Go to/ })).toHaveCount(0)
    await popped.keyboard.press('Escape')
  })

  await test.step('deleted, it says so', async () => {
    await remove()
    await Promise.all(calls.map((call) => call.hangUp()))
    await expect(popped.getByRole('heading', { name: 'Town hall was deleted' })).toBeVisible()
    const closed = popped.waitForEvent('close')
    await popped.getByRole('button', { name: 'Close the window' }).press('Enter')
    await closed
  })
})

test('a conference has one window of its own', async ({ host, page, api }) => {
  await prepare(api)
  const main = boardPage(page)
  await main.open()
  const popped = await popOut(host)
  await page.bringToFront()
  await host.desktop?.focusWindow(0)

  await main.press('g o')

  if (host.desktop)
    await expect.poll(host.desktop.windows).toMatchObject([{ focused: false }, { focused: true }])
  else await expect.poll(() => popped.evaluate(() => document.visibilityState)).toBe('visible')
  expect(await countWindows(host)).toBe(2)
  await popped.close()
  await expect.poll(() => countWindows(host)).toBe(1)
  // Closed, it can be opened again.
  await popOut(host)
})

test('the menu acts on the window in front, and a pop-out outlives the main window @desktop', async ({
  host,
  page,
  desktop,
  api,
}) => {
  await prepare(api)
  await boardPage(page).open()
  const popped = await popOut(host)
  const palette = (of: Page) => of.getByRole('dialog', { name: 'Command palette' })

  await expect.poll(() => desktop.offersInMenu('prompts.import')).toBe(false)
  await desktop.chooseInMenu('app.palette')
  await expect(palette(popped)).toBeVisible()
  await expect(palette(page)).toHaveCount(0)

  await desktop.chooseInMenu('window.main')
  await expect.poll(desktop.windows).toMatchObject([{ focused: true }, { focused: false }])
  await expect.poll(() => desktop.offersInMenu('prompts.import')).toBe(true)

  const [, place] = await desktop.windows()
  await desktop.resizeWindow({ width: 560, height: 700 }, 1)
  await popped.close()
  await expect.poll(desktop.windows).toHaveLength(1)
  const again = await popOut(host)
  const { x, y } = place!.bounds
  await expect
    .poll(async () => (await desktop.windows())[1]?.bounds)
    .toEqual({ x, y, width: 560, height: 700 })

  await page.close()
  await expect.poll(desktop.windows).toHaveLength(1)
  await expect(boardPage(again).row('Ann Berg')).toBeVisible()
  const main = host.nextWindow()
  expect(await desktop.startAgain()).toBe(0)
  await (await main).getByRole('banner').waitFor()
})

test('a browser that opens no window is told of, and a tab does @serve', async ({
  host,
  page,
  api,
}) => {
  await prepare(api)
  const main = boardPage(page)
  await main.open()
  await page.evaluate(() => (window.open = () => null))

  await main.press('g o')

  await expect(appFrame(page).toast('The browser kept the window from opening')).toBeVisible()
  const opened = host.nextWindow()
  await page.getByRole('button', { name: 'Open in a tab' }).click()
  const tab = await opened
  await expect(boardPage(tab).row('Ann Berg')).toBeVisible()
  await expect(tab).toHaveTitle('Town hall – Patchbay')

  // What is preferred in one window is so in the other.
  await appFrame(page).runFromPalette('Dark theme')
  await expect(tab.locator('html')).toHaveAttribute('data-theme', 'dark')
})
