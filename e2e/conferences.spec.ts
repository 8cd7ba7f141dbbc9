import { startCallPhone, type CallPhone } from '../src-main/test/call-phone.ts'
import type { Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import { appFrame } from './pages/app-frame.ts'
import { conferencesPage } from './pages/conferences-page.ts'

const phones: CallPhone[] = []
test.afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close()
})

/** A device of the account, and the phone that is it. */
const addPhone = async (api: Api, user: string, displayName: string): Promise<CallPhone> => {
  const password = 'open-sesame'
  const device = { name: displayName, sip: { username: user, password } }
  await api.call('PUT', `/v2/accounts/${api.accountId}/devices`, device)
  await api.call('PATCH', '/studio/sip', { port: 0 })
  const { address } = await api.call<{ address: string }>('GET', '/studio/sip/server')
  const phone = await startCallPhone(address, { user, password, displayName })
  phones.push(phone)
  return phone
}

test('a conference is added, called by a phone with its PIN, and seen to run', async ({
  page,
  api,
}) => {
  const ada = await addPhone(api, '1001', 'Ada')
  const conferences = conferencesPage(page)
  await appFrame(page).goTo('Conferences')
  await expect(conferences.main.getByRole('heading', { name: 'No conferences yet' })).toBeVisible()

  await page.keyboard.press('n')
  await conferences.dialog.getByLabel('Name').fill('Weekly')
  await conferences.dialog.getByLabel('Numbers to dial').fill('4000')
  await conferences.dialog.getByLabel('Moderator PINs').fill('98')
  await page.keyboard.press('Enter')
  await expect(conferences.row('Weekly')).toContainText('Nobody in it')

  const call = await ada.call('4000')
  call.audio.press('98#')
  call.audio.say(440)
  await expect(conferences.participant('Ada')).toContainText('Moderator')
  await expect(conferences.participant('Ada')).toContainText('Talking')
  await expect(conferences.row('Weekly')).toContainText('Running')

  await conferences.press('Mute Ada')
  await expect(conferences.participant('Ada')).toContainText('Muted')
  await conferences.press('Lock')
  await expect(conferences.row('Weekly')).toContainText('Running, locked')
  await conferences.press('Remove Ada')
  expect((await call.ended)?.method).toBe('BYE')
  await expect(conferences.row('Weekly')).toContainText('Nobody in it')
})

test('people are called in, and it is said why one does not come', async ({ page, api }) => {
  const ada = await addPhone(api, '1001', 'Ada')
  const busy = await addPhone(api, '1002', 'Bob')
  await ada.register()
  await busy.register()
  busy.onInvite({ status: 486 })
  const data = { name: 'Daily', conference_numbers: ['4100'] }
  await api.call('PUT', `/v2/accounts/${api.accountId}/conferences`, data)
  const conferences = conferencesPage(page)
  await appFrame(page).goTo('Conferences')
  await conferences.row('Daily').click()

  await conferences.callIn('1001')
  await expect(conferences.participant('Ada')).toBeVisible()
  await conferences.callIn('1002')
  await expect(conferences.panel.getByLabel('Call somebody in')).toHaveAccessibleDescription(
    'Busy.',
  )

  await conferences.press('Record')
  await expect(conferences.row('Daily')).toContainText('recording')
  await conferences.press('Stop recording')
  await expect(conferences.row('Daily')).not.toContainText('recording')
  await appFrame(page).goTo('Media')
  await expect(page.getByRole('main').getByRole('row', { name: /Daily 20/ })).toBeVisible()

  await appFrame(page).goTo('Conferences')
  await conferences.row('Daily').click()
  await conferences.press('Remove all…')
  await conferences.question.getByRole('button', { name: 'Remove all' }).click()
  await expect(conferences.row('Daily')).toContainText('Nobody in it')
})

test('a conference is changed and deleted, and a number belongs to one', async ({ page, api }) => {
  const base = `/v2/accounts/${api.accountId}/conferences`
  await api.call('PUT', base, { name: 'Weekly', conference_numbers: ['4000'] })
  await api.call('PUT', base, { name: 'Daily' })
  const conferences = conferencesPage(page)
  await appFrame(page).goTo('Conferences')

  await conferences.row('Daily').click()
  const numbers = conferences.panel.getByLabel('Numbers to dial')
  await numbers.fill('4000')
  await conferences.press('Save')
  await expect(numbers).toHaveAccessibleDescription(/Numbers already in use/)
  await numbers.fill('4001 4002')
  await conferences.press('Save')
  await expect(conferences.row('Daily')).toContainText('4001, 4002')

  await conferences.press('Delete conference…')
  await conferences.question.getByRole('button', { name: 'Delete' }).click()
  await expect(conferences.row('Daily')).toHaveCount(0)
})
