import type { CallPhone } from '../src-main/test/call-phone.ts'
import type { Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'
import { conferenceForm } from './pages/conference-form.ts'

const create = (api: Api, data: object) =>
  api.call('PUT', `/v2/accounts/${api.accountId}/conferences`, data)

test('a test call says why a phone does not come, and lets one that does hear the conference', async ({
  page,
  api,
  startPhone,
}) => {
  const ada = await startPhone('1001', 'Ada')
  const bob = await startPhone('1002', 'Bob')
  await bob.register()
  ada.onInvite({ status: 486 })
  await create(api, { name: 'Weekly', conference_numbers: ['4000'] })
  const { room } = conferenceForm(page)
  await appFrame(page).goTo('Conferences')
  await expect(room('Weekly')).toContainText('idle')

  await page.keyboard.press('t')
  const dialog = page.getByRole('dialog', { name: 'Test call into “Weekly”' })
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(ada.contact)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('listitem')).toContainText('Busy.')
  await page.keyboard.press('Enter')

  const answered = bob.answered()
  await dialog.getByRole('combobox').fill('Bob')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await expect(dialog.getByRole('radio', { name: 'Moderator' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Call', exact: true }).click()
  const call = await answered
  await expect(dialog.getByRole('listitem')).toContainText('Answered')
  await expect(dialog).toContainText('It is in the conference')
  await expect(room('Weekly')).toContainText('1 mod.')
  await dialog.getByRole('button', { name: 'Hang up' }).click()
  await call.ended
  await expect(dialog).toContainText('Hung up.')
  await expect(room('Weekly')).toContainText('idle')
})

const methodsOf = ({ received }: CallPhone) => received.map(({ method }) => method)
const stopped = ['INVITE', 'CANCEL', 'ACK']

test('a test call is stopped while the phone rings', async ({ page, api, startPhone }) => {
  const ada = await startPhone('1001', 'Ada')
  ada.onInvite({ status: null })
  await create(api, { name: 'Weekly' })
  await appFrame(page).goTo('Conferences')
  await expect(conferenceForm(page).room('Weekly')).toBeVisible()
  await page.keyboard.press('e')
  await conferenceForm(page).form.getByRole('button', { name: 'Test call…' }).click()
  const dialog = page.getByRole('dialog', { name: /Test call/ })
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(ada.contact)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('listitem')).toContainText('Rings…')
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => methodsOf(ada)).toEqual(stopped)
  await expect(dialog.getByRole('listitem')).toContainText('Called off.')
  await expect(dialog.getByRole('button', { name: 'Call again…' })).toBeFocused()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})

test('a phone that answers while it is stopped is hung up, and never comes in', async ({
  page,
  api,
  startPhone,
}) => {
  const ada = await startPhone('1001', 'Ada')
  ada.onInvite({ status: null, cancelled: 200 })
  await create(api, { name: 'Weekly' })
  await appFrame(page).goTo('Conferences')
  await expect(conferenceForm(page).room('Weekly')).toBeVisible()
  await page.keyboard.press('t')
  const dialog = page.getByRole('dialog', { name: /Test call/ })
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(ada.contact)
  const answered = ada.answered()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('listitem')).toContainText('Rings…')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await (
    await answered
  ).ended
  expect(methodsOf(ada)).toEqual(['INVITE', 'CANCEL', 'ACK', 'BYE'])
})

test('people who are called into a conference are stopped one by one, or all of them', async ({
  page,
  api,
  startPhone,
}) => {
  const phones = [
    await startPhone('1001', 'Ada'),
    await startPhone('1002', 'Bob'),
    await startPhone('1003', 'Eve'),
  ] as const
  const [ada, bob, eve] = phones
  for (const phone of phones) {
    phone.onInvite({ status: null })
    await phone.register()
  }
  await create(api, { name: 'Weekly' })
  const board = boardPage(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('banner').waitFor()
  await page.keyboard.press('ControlOrMeta+6')
  await expect(conferenceForm(page).room('Weekly')).toBeVisible()
  await board.press('g d')
  for (const name of ['Ada', 'Bob', 'Eve']) {
    await page.keyboard.type(name)
    await expect(page.getByRole('option', { name })).toBeVisible()
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Enter')
  const call = (name: string) => board.dialog.getByRole('listitem').filter({ hasText: name })
  for (const name of ['Ada', 'Bob', 'Eve']) await expect(call(name)).toContainText('Rings…')

  await board.press('Shift+Tab Shift+Tab Shift+Tab Shift+Tab')
  await expect(board.dialog.getByRole('button', { name: 'Stop calling Bob' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(call('Bob')).toContainText('Called off.')
  await expect.poll(() => methodsOf(bob)).toEqual(stopped)
  expect([ada, eve].map(methodsOf)).toEqual([['INVITE'], ['INVITE']])
  await expect(board.dialog.getByRole('button', { name: 'Stop calling Ada' })).toBeFocused()

  // Who closed it too early finds the calls again.
  await page.keyboard.press('Escape')
  await board.press('g d')
  await board.dialog.getByRole('button', { name: 'Stop all 2' }).press('Enter')
  for (const phone of [ada, eve]) await expect.poll(() => methodsOf(phone)).toEqual(stopped)
  await expect(
    board.dialog.getByRole('region', { name: 'Being called' }).getByText('Called off.'),
  ).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(board.timeline.filter({ hasText: 'was called off' })).toHaveCount(3)
  await expect(
    board.timeline.filter({ hasText: 'The call to Bob was called off by you' }),
  ).toBeVisible()
})
