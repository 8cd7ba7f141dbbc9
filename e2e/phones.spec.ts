import { startPhone } from '../src-main/test/sip-phone.ts'
import type { Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import { appFrame } from './pages/app-frame.ts'
import { phonesPage } from './pages/phones-page.ts'
import { settingsPage } from './pages/settings-page.ts'

/** Journeys run beside each other, and only one of them could have port 5060. */
const listenSomewhere = (api: Api) => api.call('PATCH', '/studio/sip', { port: 0 })

for (const transport of ['udp', 'tcp'] as const) {
  test(`the first phone is added, typed in, and seen to register over ${transport}`, async ({
    page,
    api,
  }) => {
    await listenSomewhere(api)
    const phones = phonesPage(page)
    await appFrame(page).goTo('Phones')
    await expect(phones.main.getByRole('heading', { name: 'No phones yet' })).toBeVisible()

    await page.keyboard.press('n')
    await phones.dialog.getByLabel('Name').fill('Reception')
    await page.keyboard.press('Enter')
    await expect(phones.state).toHaveText('Not registered')

    await phones.showPassword()
    const read = async (label: string) => (await phones.line(label).textContent()) ?? ''
    const user = await read('User name')
    const password = await read('Password')
    expect(user).toBe('1001')

    const phone = await startPhone(`${await read('Server')}:${await read('Port')}`, transport)
    const request = { user, password, contacts: [`<${phone.contact(user)}>`] }
    expect((await phone.register({ ...request, password: 'wrong' })).status).not.toBe(200)
    expect((await phone.register(request)).status).toBe(200)
    await expect(phones.state).toContainText('Registered')
    await expect(phones.row('Reception')).toContainText('Registered')
    await expect(phones.panel).toContainText(phone.contact(user))

    await phone.register({ ...request, expires: 0 })
    phone.close()
    await expect(phones.state).toHaveText('Not registered')
  })
}

test('a phone belongs to somebody, and its name can be used once', async ({ page, api }) => {
  await listenSomewhere(api)
  const phones = phonesPage(page)
  await appFrame(page).goTo('Phones')
  await phones.tab('People')
  await page.getByRole('button', { name: 'Add person…' }).click()
  await phones.dialog.getByLabel('First name').fill('Ada')
  await phones.dialog.getByLabel('Last name').fill('Lovelace')
  await phones.dialog.getByRole('button', { name: 'Add person' }).click()
  await expect(phones.row('Ada Lovelace')).toBeVisible()

  await phones.tab('Phones')
  const add = async (name: string, user: string) => {
    await page.getByRole('button', { name: 'Add phone…' }).first().click()
    await phones.dialog.getByLabel('Name').fill(name)
    await phones.dialog.getByRole('button', { name: /Belongs to/ }).click()
    await page.getByRole('option', { name: 'Ada Lovelace' }).click()
    await phones.dialog.getByLabel('SIP user').fill(user)
    await phones.dialog.getByRole('button', { name: 'Add phone' }).click()
  }
  await add('Desk', 'ada')
  await expect(phones.row('Desk')).toContainText('Ada Lovelace')

  await add('Second', 'ADA')
  await expect(phones.dialog.getByLabel('SIP user')).toHaveAccessibleDescription(/already in use/)
  await phones.dialog.getByLabel('SIP user').fill('ada-2')
  await phones.dialog.getByRole('button', { name: 'Add phone' }).click()
  await expect(phones.row('Second')).toBeVisible()

  await phones.panel.getByLabel('Name', { exact: true }).fill('Hall')
  await phones.panel.getByRole('button', { name: 'Save' }).click()
  await expect(phones.row('Hall')).toContainText('ada-2')
})

test('a phone is deleted after a question', async ({ page, api }) => {
  await listenSomewhere(api)
  const data = { name: 'Lobby', sip: { username: 'lobby', password: 'open sesame' } }
  await api.call('PUT', `/v2/accounts/${api.accountId}/devices`, data)
  const phones = phonesPage(page)
  await appFrame(page).goTo('Phones')

  await phones.row('Lobby').click()
  await phones.panel.getByRole('button', { name: 'Delete phone…' }).click()
  await page.keyboard.press('Escape')
  await expect(phones.row('Lobby')).toBeVisible()
  await page.keyboard.press('Delete')
  await phones.question.getByRole('button', { name: 'Delete' }).click()
  await expect(phones.main.getByRole('heading', { name: 'No phones yet' })).toBeVisible()
})

test('an address others can reach is refused while anybody could call from it', async ({
  page,
  api,
}) => {
  await listenSomewhere(api)
  const settings = settingsPage(page)
  await appFrame(page).goTo('Settings')
  await settings.open('SIP')
  await settings.form.getByLabel('Address of this machine').fill('0.0.0.0')
  await settings.choose('Calls must prove which phone they come from')
  await settings.form.getByRole('button', { name: 'Save' }).click()
  await expect(settings.form.getByLabel('Address of this machine')).toHaveAccessibleDescription(
    /Others can reach this address/,
  )

  await settings.form.getByLabel('Addresses that are answered').fill('192.168.0.0/16')
  await settings.save()
  await expect(page.getByText(/^Listening on 0\.0\.0\.0:\d+/)).toBeVisible()
})
