import type { CallPhone } from '../src-main/test/call-phone.ts'
import type { Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import { addPhone } from './materials/add-phone.ts'
import { appFrame } from './pages/app-frame.ts'
import { conferenceForm } from './pages/conference-form.ts'

const phones: CallPhone[] = []
test.afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close()
})

const startPhone = async (api: Api, user: string, name: string): Promise<CallPhone> => {
  const phone = await addPhone(api, user, name)
  phones.push(phone)
  return phone
}

const create = (api: Api, data: object) =>
  api.call('PUT', `/v2/accounts/${api.accountId}/conferences`, data)

test('a test call says why a phone does not come, and lets one that does hear the conference', async ({
  page,
  api,
}) => {
  const ada = await startPhone(api, '1001', 'Ada')
  const bob = await startPhone(api, '1002', 'Bob')
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

test('a phone that still rings is hung up as soon as it answers, once that was asked for', async ({
  page,
  api,
}) => {
  const ada = await startPhone(api, '1001', 'Ada')
  ada.onInvite({ afterMs: 1500 })
  await create(api, { name: 'Weekly' })
  await appFrame(page).goTo('Conferences')
  await expect(conferenceForm(page).room('Weekly')).toBeVisible()
  await page.keyboard.press('e')
  await conferenceForm(page).form.getByRole('button', { name: 'Test call…' }).click()
  const dialog = page.getByRole('dialog', { name: /Test call/ })
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(ada.contact)
  const answered = ada.answered()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('listitem')).toContainText('Rings…')
  await dialog.getByRole('button', { name: 'Stop' }).click()
  await page.keyboard.press('Escape')
  await (
    await answered
  ).ended
})
