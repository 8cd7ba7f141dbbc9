import { expect } from '@playwright/test'
import { hangUp, people, test } from './board-server.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'

/** What goes wrong around the board: the server, the line, the login, the room, and what callers call themselves. */

test('a command whose answer does not come is not confirmed, can be asked again, and is true in the end @serve', async ({
  page,
  server,
  callIn,
}) => {
  await callIn(people)
  const board = boardPage(page)
  const app = appFrame(page)
  await board.open()
  await board.goTo('Carl Carlsson')

  server.running.child.kill('SIGSTOP')
  await board.press('m')
  const mute = board.row('Carl Carlsson').getByRole('button', { name: /^Mute Carl/ })
  await expect(mute).toHaveAccessibleName(/sent, not confirmed yet/)
  await expect(mute).toHaveAccessibleName(/not confirmed for 3 seconds: press to ask again/)
  await expect(board.state('Carl Carlsson')).toHaveText('quiet')
  const warning = app.toast('Muting Carl Carlsson is not confirmed')
  await warning.getByRole('button', { name: 'Ask again' }).click()
  await expect(mute).toHaveAccessibleName(/sent, not confirmed yet/)

  server.running.child.kill('SIGCONT')
  await expect(board.state('Carl Carlsson')).toContainText('muted')
  await expect(app.toast('Carl Carlsson muted')).toBeVisible()
  await expect(warning).toHaveCount(0)
  await board.press('ControlOrMeta+z')
  await expect(board.state('Carl Carlsson')).toHaveText('quiet')
})

test('without a connection what is shown grows old, and nothing is sent @serve', async ({
  page,
  server,
  callIn,
}) => {
  await callIn(people)
  const board = boardPage(page)
  const app = appFrame(page)
  await board.open()
  await board.goTo('Carl Carlsson')

  await server.running.kill()
  await expect(board.main.getByText(/^No connection since .*\d s ago/)).toBeVisible()
  await board.press('m')
  await expect(
    app.toast('Not muted: There is no connection to the server: nothing was sent.'),
  ).toBeVisible()
  await expect(board.state('Carl Carlsson')).toHaveText('quiet')
  await board.press('k')
  await expect(app.toast('Not removed: There is no connection')).toBeVisible()
  await expect(board.row('Carl Carlsson')).not.toContainText('removed in')
  await expect(board.table).toBeFocused()
})

test('with the network gone what is shown grows old, nothing is sent, and it comes back by itself @serve', async ({
  page,
  server,
  callIn,
}) => {
  await callIn(people)
  const board = boardPage(page)
  const app = appFrame(page)
  await board.open()
  await board.goTo('Carl Carlsson')

  await page.context().setOffline(true)
  await expect(board.main.getByText(/^No connection since .*\d s ago/)).toBeVisible()
  await expect(board.row('Carl Carlsson')).toContainText(/\d s old/)
  await board.press('m')
  await expect(
    app.toast('Not muted: There is no connection to the server: nothing was sent.'),
  ).toBeVisible()
  await server.api.call('PUT', `${server.conference}/participants/1`, { action: 'deaf' })
  await expect(board.state('Ann Berg')).toHaveText('quiet')

  await page.context().setOffline(false)
  await expect(board.main.getByText(/^No connection since/)).toHaveCount(0)
  await expect(board.state('Ann Berg')).toContainText('deaf')
  await expect(board.state('Carl Carlsson')).toHaveText('quiet')
  await board.press('m')
  await expect(board.state('Carl Carlsson')).toContainText('muted')
})

test('a dialog says that its room has ended, and does nothing to the next one @serve', async ({
  page,
  callIn,
}) => {
  const calls = await callIn(people)
  const board = boardPage(page)
  await board.open()
  await board.goTo('Carl Carlsson')

  await board.press('w')
  await expect(board.dialog).toContainText('Who hears whom')
  await hangUp(calls)
  await expect(board.dialog).toContainText('The conference has ended.')
  const again = await callIn(people)
  await expect(board.table.getByRole('row')).toHaveCount(3)
  await expect(board.dialog.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(board.dialog).toHaveCount(0)

  await board.press('g p')
  await expect(board.dialog).toContainText('Play to everybody')
  await hangUp(again)
  await expect(board.dialog).toContainText('The conference has ended.')
  const third = await callIn(people)
  await expect(board.dialog.getByRole('button', { name: /^Play to/ })).toBeDisabled()
  await board.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(board.dialog).toHaveCount(0)
  await expect(board.table.getByRole('row')).toHaveCount(3)

  // Who is dialled may come into any run: it says which, and can be done.
  await board.press('g d')
  await expect(board.dialog).toContainText('Call people in')
  await expect(board.dialog).not.toContainText('The conference has ended.')
  await hangUp(third)
  await expect(board.dialog).toContainText('The conference has ended.')
  await board.dialog.getByRole('combobox').fill('2009')
  await expect(board.dialog.getByRole('button', { name: 'Call anyway' })).toBeEnabled()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(board.dialog).toHaveCount(0)
  const fourth = await callIn(people)
  await expect(board.table.getByRole('row')).toHaveCount(3)

  await board.press('g e')
  await expect(board.question).toContainText('2 calls are hung up')
  await hangUp(fourth)
  await expect(board.question).toContainText('It has ended already.')
  await callIn(people)
  await expect(board.table.getByRole('row')).toHaveCount(3)
  await expect(board.question.getByRole('button', { name: 'Hold to end' })).toBeDisabled()
})

test('what was begun in one run of a room is not done in the next @serve', async ({
  page,
  callIn,
}) => {
  const calls = await callIn(people)
  const board = boardPage(page)
  const app = appFrame(page)
  await board.open()
  await board.goTo('Carl Carlsson')
  await board.press('Space')
  await expect(board.main.getByText('1 selected')).toBeVisible()
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT') asked.push(request.postData() ?? '')
  })
  await board.press('k')
  await expect(app.toast('Removing Carl Carlsson')).toBeVisible()
  await hangUp(calls)
  await callIn(people)
  await expect(board.table.getByRole('row')).toHaveCount(3)
  await expect(app.toast('Removing Carl Carlsson')).toHaveCount(0)
  await expect(board.main.getByText('1 selected')).toHaveCount(0)
  // The time it was held for, counted by the page itself.
  await board.goTo('Ann Berg')
  await board.press('k')
  await expect(app.toast('Ann Berg removed')).toBeVisible()
  await expect(board.state('Carl Carlsson')).toHaveText('quiet')
  expect(asked).toHaveLength(1)
})

test('what opens first is where people are, also when the list of before said otherwise @serve', async ({
  page,
  server: { api },
  callIn,
}) => {
  const rooms = `/v2/accounts/${api.accountId}/conferences`
  await api.call('PUT', rooms, { name: 'Attic', conference_numbers: ['4001'] })
  const app = appFrame(page)
  await app.goTo('Conferences')
  await expect(page.getByRole('region', { name: 'Attic' })).toBeVisible()
  await app.goTo('Phones')
  await callIn(people)
  // An answered call comes in a moment later.
  const most = async () =>
    Math.max(...(await api.call<{ members: number }[]>('GET', rooms)).map(({ members }) => members))
  await expect.poll(most).toBe(2)
  // Whoever chose by what is in the window already has chosen by then.
  const opened = page.getByRole('navigation', { name: 'Conferences' })
  await page.route(`**${rooms}?*`, async (route) => {
    await expect(opened.getByRole('link')).toHaveCount(2)
    await route.continue()
  })
  await app.goTo('Conferences')
  await expect(opened.getByRole('link', { name: /^Town hall/ })).toHaveAttribute(
    'aria-current',
    'page',
  )
  await expect(boardPage(page).table.getByRole('row')).toHaveCount(3)
})

const password = 'a long secret'

test('a login that has ended is asked for, and the board goes on with what is true @serve', async ({
  page,
  server,
  callIn,
}) => {
  const { api, url } = server
  await callIn(people)
  const user = await api.call<{ id: string }>('PUT', `/v2/accounts/${api.accountId}/users`, {
    ...{ first_name: 'Ada', last_name: 'Lovelace', username: 'ada', password },
    priv_level: 'admin',
  })
  const admit = (enabled: boolean) =>
    api.call('PATCH', `/v2/accounts/${api.accountId}/users/${user.id}`, { enabled })
  const board = boardPage(page)
  const login = page.getByRole('dialog', { name: 'Log in again' })
  await page.evaluate(() => sessionStorage.clear())
  await page.goto(`${url}/#logged-out`)
  await page.reload()
  const fill = async () => {
    await page.getByLabel('Account').fill('Main account')
    await page.getByLabel('User name').fill('ada')
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
  }
  await fill()
  await board.open()
  await board.goTo('Carl Carlsson')

  await admit(false)
  await board.press('m')
  await expect(login).toBeVisible()
  await expect(board.table).toBeAttached()
  // What happens meanwhile is not heard by who may not hear it.
  await api.call('PUT', `${server.conference}/participants/1`, { action: 'deaf' })
  await admit(true)
  await fill()
  await expect(login).toHaveCount(0)
  await expect(board.state('Ann Berg')).toContainText('deaf')
  await expect(board.state('Carl Carlsson')).toHaveText('quiet')
  await board.press('m')
  await expect(board.state('Carl Carlsson')).toContainText('muted')
})

const markup = '<img src=x onerror=document.title=1>'
/** An override is taken out of what a phone says; what is written from right to left stays. */
const reversed = '\u202Eנועה'
const long = 'L'.repeat(140)
const formula = '=HYPERLINK(1)'
const family = '👧 Ada'

test('names are text, whatever is in them @serve', async ({ page, server, callIn }) => {
  await callIn([markup, reversed, long, formula, family, ''])
  const board = boardPage(page)
  const app = appFrame(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await board.open()
  await expect(board.table.getByRole('row')).toHaveCount(7)
  for (const name of [markup, formula, family, '2006']) await expect(board.row(name)).toHaveCount(1)
  // Without a name it is the number.
  const nameOf = (row: number) => board.table.getByRole('row').nth(row).locator('bdi').first()
  await expect(nameOf(2)).toHaveText(/^\u2068?נועה\u2069?$/)
  await expect(nameOf(6)).toHaveText('2006')
  const { width } = (await board.table.boundingBox()) ?? { width: 0 }
  expect(await board.table.evaluate((element) => element.scrollWidth)).toBeLessThanOrEqual(width)

  await board.goTo('נועה')
  await board.press('m')
  await expect(app.toast('muted')).toContainText('\u2068נועה\u2069 muted')
  await board.goTo(markup)
  await board.press('m')
  await expect(app.toast(`${markup} muted`)).toBeVisible()
  await board.press('w')
  await expect(board.dialog).toContainText(markup)
  await page.keyboard.press('Escape')
  await board.press('p')
  await expect(board.dialog).toContainText(`Play to ${markup}`)
  await board.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(board.main.getByRole('region', { name: 'Timeline' })).toContainText(markup)

  const table = `/studio/conferences/${server.conferenceId}/history.csv`
  const csv = async () => (await server.api.fetch(table)).text()
  await expect.poll(csv).toContain(markup)
  expect(await csv()).toContain(`'${formula}`)
  expect(await csv()).not.toContain(`,${formula}`)

  expect(await page.locator('img').count()).toBe(0)
  expect(asked).not.toContain('/x')
  await expect(page).toHaveTitle(/Patchbay/)
})
