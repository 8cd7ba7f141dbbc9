import { levelOf } from '../src-main/engine/test/hearing.ts'
import { startCallPhone, type CallPhone } from '../src-main/test/call-phone.ts'
import type { PhoneCall } from '../src-main/test/phone-call.ts'
import type { Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'
import { faultsOf } from './pages/faults.ts'

const people = ['Ann Berg', 'Carl Carlsson', '<b>Måns</b>'] as const
const quietDb = -55

/** A conference that takes anybody at once, and a phone for each of the people. */
const prepare = async (api: Api) => {
  await api.call('PATCH', '/studio/sip', { port: 0 })
  const { sip } = await api.call<{ sip: string }>('GET', '/studio/status')
  const account = `/v2/accounts/${api.accountId}`
  await api.call('PUT', `${account}/conferences`, {
    ...{ name: 'Town hall', conference_numbers: ['4000'], play_welcome: false },
    ...{ play_entry_tone: false, play_exit_tone: false },
    member: { join_muted: false },
    moderator: { numbers: ['4001'] },
  })
  for (const [index, name] of people.entries()) {
    const sipUser = { username: `100${index + 1}`, password: `secret-${index + 1}` }
    await api.call('PUT', `${account}/devices`, { name, sip: sipUser })
  }
  return sip
}

const startPhones = async (sip: string): Promise<CallPhone[]> =>
  Promise.all(
    people.map(async (displayName, index) => {
      const [user, password] = [`100${index + 1}`, `secret-${index + 1}`]
      const phone = await startCallPhone(sip, { user, password, displayName })
      await phone.register()
      return phone
    }),
  )

/** The first as a moderator, the others as members. */
const callIn = async (phones: readonly CallPhone[]): Promise<PhoneCall[]> => {
  const calls: PhoneCall[] = []
  for (const [index, phone] of phones.entries())
    calls.push(await phone.call(index === 0 ? '4001' : '4000'))
  return calls
}

const hears = async (call: PhoneCall | undefined, hz: number) =>
  call ? levelOf(await call.audio.listen(400), hz) : Number.NaN

test('keys mute a line, remove somebody and call them again, and it is heard', async ({
  page,
  api,
}) => {
  const phones = await startPhones(await prepare(api))
  const calls = await callIn(phones)
  const [ann, carl] = calls
  const board = boardPage(page)
  const app = appFrame(page)
  await board.open()
  await expect(board.table.getByRole('row')).toHaveCount(people.length + 1)

  carl?.audio.say(440)
  await expect(board.state('Carl Carlsson')).toHaveText('talking')
  await expect.poll(() => hears(ann, 440)).toBeGreaterThan(quietDb)
  await board.goTo('Carl Carlsson')
  await board.press('m')
  await expect(board.state('Carl Carlsson')).toContainText('muted')
  await expect(board.row('Carl Carlsson').getByRole('button', { pressed: true })).toHaveText('M')
  await expect.poll(() => hears(ann, 440)).toBeLessThan(quietDb)

  await board.press('ControlOrMeta+z')
  await expect(board.state('Carl Carlsson')).toHaveText('talking')
  await expect.poll(() => hears(ann, 440)).toBeGreaterThan(quietDb)

  await board.press('k')
  await expect(app.toast('Removing Carl Carlsson')).toContainText(/in \d s/)
  await expect(board.row('Carl Carlsson')).toContainText(/removed in \d s/)
  await board.press('ControlOrMeta+z')
  await expect(board.row('Carl Carlsson')).not.toContainText('removed in')

  const again = phones[1]?.answered()
  await board.press('k')
  await expect(app.toast('Carl Carlsson removed')).toBeVisible()
  await carl?.ended
  await expect(app.toast('Carl Carlsson removed')).toContainText('Call again')
  await board.press('ControlOrMeta+z')
  const back = await again
  back?.audio.say(440)
  await expect(board.row('1002').filter({ hasText: 'talking' })).toBeVisible()
  await expect.poll(() => hears(ann, 440)).toBeGreaterThan(quietDb)
})

test('keys mute a selection, and undo lets only those talk again who could before', async ({
  page,
  api,
}) => {
  await callIn(await startPhones(await prepare(api)))
  const board = boardPage(page)
  const app = appFrame(page)
  await board.open()
  await expect(board.table.getByRole('row')).toHaveCount(people.length + 1)

  await board.goTo('Carl Carlsson')
  await board.press('m')
  await expect(board.state('Carl Carlsson')).toContainText('muted')
  await board.press('ControlOrMeta+a Shift+M')
  await expect(app.toast('2 people muted')).toBeVisible()
  await board.press('ControlOrMeta+z')
  await expect(board.state('Ann Berg')).toHaveText('quiet')
  await expect(board.state('<b>Måns</b>')).toHaveText('quiet')
  await expect(board.state('Carl Carlsson')).toContainText('muted')

  await board.press('Escape g m')
  await expect(board.state('<b>Måns</b>')).toContainText('muted')
  await expect(board.state('Ann Berg')).toHaveText('quiet')

  await board.press('/')
  await page.keyboard.type('carl')
  await expect(board.table.getByRole('row')).toHaveCount(2)
  await board.press('Enter')
  await expect(board.table).toBeFocused()
  await expect(
    board.table.getByRole('row', { name: /^Carl Carlsson muted 1002 has not talked/ }),
  ).toBeVisible()
  await board.press('m')
  await expect(board.state('Carl Carlsson')).toHaveText('quiet')
  const undo = app.toast('Carl Carlsson may talk again').getByRole('button', { name: /^Undo/ })
  await expect(undo).toBeVisible()
  await board.press('F6')
  await expect(undo).toBeFocused()
  await board.press('F6')
  await expect(board.table).toBeFocused()
})

test('keys lock, record and end a conference; each shows once it is so', async ({ page, api }) => {
  const phones = await startPhones(await prepare(api))
  const calls = await callIn(phones.slice(0, 2))
  const board = boardPage(page)
  await board.open()

  await board.press('g l')
  await expect(board.button('Locked')).toBeVisible()
  await expect(board.rooms).toContainText('locked')
  // It is told why, and hung up.
  await (
    await phones[2]?.call('4000')
  )?.ended
  await expect(board.table.getByRole('row')).toHaveCount(3)
  await expect(board.rooms.getByText('alerts')).toHaveCount(1)

  await board.press('g r')
  await expect(board.button(/^Recording/)).toBeVisible()
  await board.press('g r')
  await expect(board.button('Record')).toBeVisible()

  await board.press('g e')
  await expect(board.question).toContainText('2 calls are hung up; 1 moderator is among them')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(board.question).toContainText('2 more times')
  await page.keyboard.down('Enter')
  await Promise.all(calls.map(({ ended }) => ended))
  await page.keyboard.up('Enter')
  await expect(board.main.getByRole('heading', { name: 'Nobody is in it' })).toBeVisible()
})

for (const colorScheme of ['dark', 'light'] as const)
  test(`has no accessibility fault that axe knows on the board in ${colorScheme}`, async ({
    page,
    api,
  }) => {
    const calls = await callIn(await startPhones(await prepare(api)))
    const board = boardPage(page)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await board.open()
    calls[1]?.audio.say(440)
    await expect(board.state('Carl Carlsson')).toHaveText('talking')
    await board.press('m ControlOrMeta+a')
    await expect(board.main.getByText('3 selected')).toBeVisible()
    expect(await faultsOf(page)).toEqual([])
  })
