import { AxeBuilder } from '@axe-core/playwright'
import { tone } from '../src-main/test/tone.ts'
import type { Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import { addMedium, importPack } from './materials/import-pack.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'
import { conferenceForm } from './pages/conference-form.ts'

type Conference = Record<string, unknown> & { id: string }
const baseOf = (api: Api) => `/v2/accounts/${api.accountId}/conferences`
const create = (api: Api, data: object) => api.call<Conference>('PUT', baseOf(api), data)
const read = (api: Api, { id }: { id: string }) =>
  api.call<Conference>('GET', `${baseOf(api)}/${id}`)
const list = (api: Api) => api.call<Conference[]>('GET', baseOf(api))

test('who types a taken number and a PIN of both roles is told before saving, by keyboard alone', async ({
  page,
  api,
  startPhone,
}) => {
  const ada = await startPhone('1001', 'Ada')
  await create(api, { name: 'Weekly', conference_numbers: ['4000'] })
  const { form, field, save, finding, room } = conferenceForm(page)
  const { keyboard } = page
  await appFrame(page).goTo('Conferences')
  await expect(room('Weekly')).toBeVisible()

  await keyboard.press('n')
  await expect(field('Name')).toBeFocused()
  await keyboard.type('Daily')
  await keyboard.press('Tab')
  await keyboard.type('4000')
  const numbers = field('Numbers to dial')
  await expect(numbers).toHaveAccessibleDescription(/4000 is already a number of “Weekly”/)
  await expect(form.getByRole('status').first()).toContainText('1 problem')
  await expect(save).toBeDisabled()
  await keyboard.press('Enter')
  expect(await list(api)).toHaveLength(1)
  await keyboard.type('1')
  await expect(numbers).toHaveAccessibleDescription(/^Spaces between several/)

  await field('Member PINs').focus()
  await keyboard.type('12')
  await keyboard.press('Tab')
  await keyboard.type('12')
  const pins = field('Moderator PINs')
  await expect(pins).toHaveAccessibleDescription(/12 is a PIN of members as well/)
  await finding(/12 is a PIN of members/).focus()
  await keyboard.press('Enter')
  await expect(pins).toBeFocused()
  await keyboard.press('ControlOrMeta+a')
  await keyboard.type('98')
  await expect(pins).toHaveAccessibleDescription('')
  await keyboard.press('Enter')

  await expect(room('Daily')).toContainText('40001')
  const call = await ada.call('40001')
  call.audio.press('98#')
  await expect(boardPage(page).row('Ada')).toContainText('moderator')
})

test('a field of every group is changed, and what the form does not know stays', async ({
  page,
  api,
}) => {
  await importPack(api)
  const music = await addMedium(api, 'hold', tone({ frequencyHz: 500, durationMs: 500 }))
  const weekly = await create(api, {
    ...{ name: 'Weekly', conference_numbers: ['4000'], play_exit_tone: '%(100,0,500)' },
    ...{ ui_metadata: { ui: 'kazoo-ui' }, profile: { 'comfort-noise': 500 } },
    controls: { old: [{ action: 'lock', digits: '7' }] },
  })
  const before = await read(api, weekly)
  const { form, field, index, save, room, choose, ...is } = conferenceForm(page)
  await appFrame(page).goTo('Conferences')
  await expect(room('Weekly')).toBeVisible()
  await page.keyboard.press('e')

  await field('Name').fill('Weekly 2')
  await field('Moderator numbers').fill('4001')
  await is.switch('Members wait for a moderator').focus()
  await page.keyboard.press('Space')
  await index.getByRole('button', { name: 'What they hear' }).click()
  await choose('When somebody comes', 'Nothing')
  await choose('Music for who is alone or waits', 'A sound of its own')
  await form
    .getByRole('group', { name: 'Music for who' })
    .getByRole('button', { name: 'Choose…' })
    .click()
  const picker = page.getByRole('dialog', { name: 'Music for who is alone or waits' })
  await picker.getByRole('row').filter({ hasText: 'hold' }).click()
  await picker.getByRole('button', { name: 'Use this sound' }).click()
  await expect(form.getByRole('group', { name: 'Music for who' })).toContainText('“hold”')
  await index.getByRole('button', { name: 'Limits' }).click()
  await field('Most participants').fill('12')
  await index.getByRole('button', { name: 'Sound' }).click()
  await field('Energy that counts as talking').fill('300')
  await index.getByRole('button', { name: 'Keys of callers' }).click()
  await form.getByRole('button', { name: 'Add a group of keys' }).click()
  await choose('Keys of moderators', '“keys-1”')
  await index.getByRole('button', { name: 'For integrations' }).click()
  await field('Flags').fill('red\nblue')
  await field('Password at a bridge').fill(' secret ')
  await save.click()

  await expect(form).toHaveCount(0)
  const { _read_only: _, ...after } = await read(api, weekly)
  const { _read_only: __, ...rest } = before
  expect(after).toEqual({
    ...rest,
    ...{ name: 'Weekly 2', wait_for_moderator: true, play_entry_tone: false },
    moderator: { ...(before.moderator as object), numbers: ['4001'] },
    ...{ max_participants: 12, flags: ['red', 'blue'], bridge_password: ' secret ' },
    profile: { 'comfort-noise': 500, 'moh-sound': music, 'energy-level': 300 },
    moderator_controls: 'keys-1',
    controls: {
      old: [{ action: 'lock', digits: '7' }],
      'keys-1': [{ action: 'mute', digits: '0' }],
    },
  })

  await page.keyboard.press('e')
  await expect(index.getByRole('button', { name: 'Limits' })).toContainText('1 changed')
})

test('a missing prompt is said, and the form waits while it is looked at', async ({
  page,
  api,
}) => {
  await importPack(api)
  await create(api, { name: 'Weekly', conference_numbers: ['4000'] })
  const { field, index, room, form } = conferenceForm(page)
  await appFrame(page).goTo('Conferences')
  await expect(room('Weekly')).toBeVisible()
  await page.keyboard.press('e')
  await field('Name').fill('Weekly 2')
  await index.getByRole('button', { name: 'What they hear' }).click()
  await form.getByRole('link', { name: 'conf-alone' }).first().click()
  await expect(page).toHaveURL(/#\/prompts\?prompt=conf-alone/)
  await page.goBack()
  await expect(field('Name')).toHaveValue('Weekly 2')
})

test('a duplicate is a new conference without numbers, and is not there before it is saved', async ({
  page,
  api,
}) => {
  const weekly = await create(api, {
    ...{ name: 'Weekly', conference_numbers: ['4000'], language: 'en-us' },
    ...{ member: { pins: ['123456'], numbers: ['4001'] }, ui_metadata: { ui: 'kazoo-ui' } },
  })
  const { field, room, save } = conferenceForm(page)
  await appFrame(page).goTo('Conferences')
  await expect(room('Weekly')).toBeVisible()
  await page.keyboard.press('Shift+D')
  await expect(field('Name')).toHaveValue('Copy of Weekly')
  await expect(field('Numbers to dial')).toHaveValue('')
  await expect(field('Member numbers')).toHaveValue('')
  expect(await list(api)).toHaveLength(1)

  await field('Numbers to dial').fill('4100')
  await save.click()
  await expect(room('Copy of Weekly')).toContainText('4100')
  const copy = (await list(api)).find(({ id }) => id !== weekly.id)
  expect(await read(api, copy ?? weekly)).toMatchObject({
    ...{ language: 'en-us', ui_metadata: { ui: 'kazoo-ui' }, conference_numbers: ['4100'] },
    member: { pins: ['123456'], numbers: [] },
  })
})

test('deleting can be undone, unless its number has another owner meanwhile', async ({
  page,
  api,
  startPhone,
}) => {
  const ada = await startPhone('1001', 'Ada')
  await create(api, { name: 'Weekly', conference_numbers: ['4000'], play_welcome: false })
  const { room } = conferenceForm(page)
  const app = appFrame(page)
  await app.goTo('Conferences')
  await ada.call('4000')
  await expect(room('Weekly')).toContainText('1 person')

  await page.keyboard.press('Delete')
  await expect(app.toast('“Weekly” was deleted. 1 person stays in it')).toBeVisible()
  expect((await list(api))[0]).toMatchObject({ _read_only: { is_running: true } })
  await page.keyboard.press('ControlOrMeta+z')
  const isAnswered = () =>
    ada.call('4000').then(
      () => true,
      () => false,
    )
  await expect.poll(isAnswered).toBe(true)

  await page.keyboard.press('Delete')
  await expect(app.toast('“Weekly” was deleted.')).toBeVisible()
  await create(api, { name: 'Thief', conference_numbers: ['4000'] })
  await page.keyboard.press('ControlOrMeta+z')
  await expect(app.toast('another conference has taken 4000 meanwhile')).toBeVisible()
})

test('what was typed is neither lost by a slip nor laid over what somebody else has saved', async ({
  page,
  api,
}) => {
  const weekly = await create(api, { name: 'Weekly', conference_numbers: ['4000'] })
  const address = `${baseOf(api)}/${weekly.id}`
  const { form, field, question, room, save } = conferenceForm(page)
  await appFrame(page).goTo('Conferences')
  await expect(room('Weekly')).toBeVisible()

  await page.keyboard.press('e')
  await expect(field('Name')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(form).toHaveCount(0)
  await page.keyboard.press('e')
  await field('Name').fill('Mine')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(field('Name')).toHaveValue('Mine')

  await api.call('PATCH', address, { name: 'Theirs', max_participants: 7 })
  await expect(form.getByRole('alert')).toContainText('Somebody else has changed it')
  await expect(save).toBeDisabled()
  await form.getByRole('button', { name: 'Take their changes in' }).click()
  await expect(form).toContainText('You both changed Name.')
  await save.click()
  await expect(form).toHaveCount(0)
  expect(await read(api, weekly)).toMatchObject({ name: 'Mine', max_participants: 7 })

  await page.keyboard.press('e')
  await field('Name').fill('Kept')
  await api.call('DELETE', address)
  await expect(form.getByRole('alert')).toContainText('It was deleted meanwhile')
  await form.getByRole('button', { name: 'Make a new one' }).click()
  await save.click()
  await expect(room('Kept')).toContainText('4000')

  await page.keyboard.press('e')
  await field('Name').fill('Never')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Discard' }).click()
  await page.keyboard.press('e')
  await expect(field('Name')).toHaveValue('Kept')
})

test('a save that comes a moment after somebody else’s changes nothing, and says so', async ({
  page,
  api,
}) => {
  const weekly = await create(api, { name: 'Weekly', max_participants: 3 })
  const { form, field, room, save } = conferenceForm(page)
  await appFrame(page).goTo('Conferences')
  await expect(room('Weekly')).toBeVisible()
  await page.keyboard.press('e')
  await field('Name').fill('Mine')
  await page.route(`**/conferences/${weekly.id}`, async (route) => {
    if (route.request().method() === 'PATCH')
      await api.call('PATCH', `${baseOf(api)}/${weekly.id}`, { name: 'Theirs' })
    await route.continue()
  })
  await save.click()
  await expect(form.getByRole('alert')).toContainText('Somebody else has changed it')
  expect(await read(api, weekly)).toMatchObject({ name: 'Theirs', max_participants: 3 })
  await expect(field('Name')).toHaveValue('Mine')
})

for (const theme of ['dark', 'light'] as const)
  test(`axe finds nothing in the form in ${theme}`, async ({ page, api }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await create(api, {
      ...{ name: 'Weekly', conference_numbers: ['4000'], member: { pins: ['12'] } },
      ...{ moderator: { pins: ['12'] }, controls: { own: [{ action: 'mute', digits: '1' }] } },
      profile: { 'moh-sound': 'https://example.com/music.wav' },
    })
    const { form, index, room, field } = conferenceForm(page)
    await appFrame(page).goTo('Conferences')
    await expect(room('Weekly')).toBeVisible()
    await page.keyboard.press('e')
    for (const part of await index.getByRole('button').all()) await part.click()
    await field('Numbers to dial').fill('4a')
    await expect(field('Numbers to dial')).toHaveAccessibleDescription(/“4a”/)
    await expect(form).toHaveCSS('opacity', '1')
    // Legacy mode needs no second page, which a desktop window would refuse.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect(
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })),
    ).toEqual([])
  })
