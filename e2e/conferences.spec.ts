import { expect, test } from './fixtures.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'

test('a conference is added, called by a phone with its PIN, and seen to run', async ({
  page,
  startPhone,
}) => {
  const ada = await startPhone('1001', 'Ada')
  const board = boardPage(page)
  await appFrame(page).goTo('Conferences')
  await expect(board.main.getByRole('heading', { name: 'No conferences yet' })).toBeVisible()

  await page.keyboard.press('n')
  await board.dialog.getByLabel('Name', { exact: true }).fill('Weekly')
  await board.dialog.getByLabel('Numbers to dial').fill('4000')
  await board.dialog.getByLabel('Moderator PINs').fill('98')
  await page.keyboard.press('Enter')
  await expect(board.rooms.getByRole('link', { name: /Weekly/ })).toContainText('idle')

  const call = await ada.call('4000')
  call.audio.press('98#')
  call.audio.say(440)
  await expect(board.row('Ada')).toContainText('moderator')
  await expect(board.state('Ada')).toHaveText('talking')
  await expect(board.rooms.getByRole('link', { name: /Weekly/ })).toContainText('1 person')
})

test('people are called in, and it is said why one does not come', async ({
  page,
  api,
  startPhone,
}) => {
  const ada = await startPhone('1001', 'Ada')
  const busy = await startPhone('1002', 'Bob')
  await ada.register()
  await busy.register()
  busy.onInvite({ status: 486 })
  const data = { name: 'Daily', conference_numbers: ['4100'] }
  await api.call('PUT', `/v2/accounts/${api.accountId}/conferences`, data)
  const board = boardPage(page)
  await appFrame(page).goTo('Conferences')
  await expect(board.main.getByRole('heading', { name: 'Nobody is in it' })).toBeVisible()

  await board.press('g d')
  for (const number of ['1001', '1002']) {
    await board.dialog.getByRole('combobox').fill(number)
    await page.keyboard.press('Enter')
  }
  await board.dialog.getByRole('button', { name: /^Call/ }).click()
  const legs = board.dialog.getByRole('list', { name: 'Calls' })
  await expect(legs.getByRole('listitem').filter({ hasText: '1002' })).toContainText('Busy.')
  await expect(legs.getByRole('listitem').filter({ hasText: '1001' })).toContainText('Answered')
  await page.keyboard.press('Escape')
  await expect(board.row('Ada')).toBeVisible()
})

test('a conference is changed and deleted, and a number belongs to one', async ({ page, api }) => {
  const base = `/v2/accounts/${api.accountId}/conferences`
  await api.call('PUT', base, { name: 'Weekly', conference_numbers: ['4000'] })
  await api.call('PUT', base, { name: 'Daily' })
  const board = boardPage(page)
  await appFrame(page).goTo('Conferences')

  await board.rooms.getByRole('link', { name: /Daily/ }).click()
  await page.keyboard.press('e')
  const numbers = board.dialog.getByLabel('Numbers to dial')
  await numbers.fill('4000')
  await expect(numbers).toHaveAccessibleDescription(/4000 is already a number of “Weekly”/)
  await numbers.fill('4001 4002')
  await board.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(board.rooms.getByRole('link', { name: /Daily/ })).toContainText('4001, 4002')

  await page.keyboard.press('Delete')
  await expect(board.rooms.getByRole('link', { name: /Daily/ })).toHaveCount(0)
})
