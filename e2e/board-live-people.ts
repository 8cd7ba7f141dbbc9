import { hz, voicesIn } from './board-live-phones.ts'
import { everybody, everyone, people, type Live } from './board-live-room.ts'
import { expect } from './fixtures.ts'

/** What a supervisor does with people, by keys; each is seen and heard. */

const nora = people.nora.displayName
const carl = people.carl.displayName
const ann = people.ann.displayName

/** Who hears whom while Nora is muted. */
const withoutNora = { ...everybody, carl: ['ann'], ann: ['carl'] }

/** Nobody but them is shown, and the cursor is on them. */
const find = async ({ page, board }: Live, typed: string) => {
  await board.press('/')
  await page.keyboard.type(typed)
  await board.press('Tab')
  await expect(board.table.getByRole('row')).toHaveCount(2)
}

const showAll = async ({ board }: Live) => {
  await board.press('/ Escape Tab')
  await expect(board.table.getByRole('row').nth(2)).toBeVisible()
}

export const muteAndDeafen = async (live: Live): Promise<void> => {
  const { board, told, expectHearing } = live
  await find(live, 'carl')
  await board.press('m')
  await expect(board.state(carl)).toContainText('muted')
  await told(`${carl} muted by you`)
  await expectHearing({ ...everybody, nora: ['ann'], ann: ['nora'] })
  await board.press('ControlOrMeta+z')
  await expect(board.state(carl)).not.toContainText('muted')
  await board.press('d')
  await expect(board.state(carl)).toHaveText(/^(talking|quiet), deaf$/)
  await told(`${carl} made deaf by you`)
  await expectHearing({ ...everybody, carl: [] })
  await board.press('d')
  await expect(board.state(carl)).toHaveText(/^(talking|quiet)$/)
  await showAll(live)
}

export const muteNoise = async ({ board, told, expectHearing }: Live): Promise<void> => {
  await expect(board.row(nora)).toContainText('open mic?', { timeout: 30_000 })
  await expect(board.row(carl)).not.toContainText('open mic?')
  await expect(board.row(ann)).not.toContainText('open mic?')
  await board.press('x')
  await expect(board.state(nora)).toContainText('muted')
  await expect(board.row(nora)).not.toContainText('open mic?')
  await told(`${nora} muted by you`)
  await expectHearing(withoutNora)
}

export const withdrawRemoval = async ({ board, app }: Live): Promise<void> => {
  await board.goTo(carl)
  await board.press('k')
  await expect(board.row(carl)).toContainText(/removed in \d s/)
  await expect(app.toast(`Removing ${carl}`)).toBeVisible()
  await board.press('ControlOrMeta+z')
  await expect(board.row(carl)).not.toContainText('removed in')
}

export const keepApart = async (live: Live): Promise<void> => {
  const { page, board, told, expectHearing, judge } = live
  await board.goTo(carl)
  await board.press('w')
  await page.keyboard.type('nora')
  await board.press('Enter')
  await expect(board.dialog).toContainText(
    `${carl} will not be heard by ${nora}; everyone else hears ${carl} as before.`,
  )
  await judge('who hears whom', '[role=dialog]')
  await board.press('Enter')
  await expect(board.dialog).toBeHidden()
  await expect(board.inspector).toContainText(`${carl} is not heard by ${nora}.`)
  await told(`${carl} is not heard by ${nora} · set by you`)
  await expectHearing({ ...withoutNora, nora: ['ann'] })
}

/** How many a message says were muted: what takes longer than three seconds is told of in parts, each with its undo. */
const mutedIn = (text: string): number =>
  Number(/(\d+) people muted/.exec(text)?.[1] ?? (/Caller \d+ muted/.test(text) ? 1 : 0))

export const muteOthers = async ({ board, app, expectHearing }: Live): Promise<void> => {
  const parts = async () => {
    const texts = await app.toast(/ muted/).allTextContents()
    return texts.map(mutedIn).filter((count) => count > 0)
  }
  await board.press('g m')
  // Nora is muted, and Ann moderates.
  await expect
    .poll(async () => (await parts()).reduce((sum, count) => sum + count, 0), { timeout: 20_000 })
    .toBe(everyone - 2)
  const { length: undos } = await parts()
  await expect(board.state(carl)).toContainText('muted')
  await expect(board.state(ann)).not.toContainText('muted')
  await expectHearing({ nora: ['ann'], carl: ['ann'], ann: [] })
  for (let undo = 0; undo < undos; undo += 1) await board.press('ControlOrMeta+z')
  await expect(board.state(carl)).not.toContainText('muted')
  await expect(board.state('Caller 9')).not.toContainText('muted')
  await expect(board.state(nora)).toContainText('muted')
}

export const dialOut = async (live: Live): Promise<void> => {
  const { page, board, told, expectHearing, judge, guest } = live
  const busy = await guest('1008', 'Busy')
  busy.onInvite({ status: 486 })
  const desk = await guest('1004', 'Front desk')
  await desk.register()
  await board.press('g d')
  await page.keyboard.type(busy.contact)
  await board.press('Enter Enter')
  await expect(board.dialog).toContainText('Busy.')
  await told(/did not come: busy/)
  await judge('a call that failed', '[role=dialog]')

  await board.press('Shift+Tab Enter')
  const answered = desk.answered()
  await page.keyboard.type('front')
  await expect(page.getByRole('option', { name: 'Front desk' })).toBeVisible()
  await board.press('Enter Enter')
  const call = await answered
  await expect(board.dialog).toContainText('Answered')
  await board.press('Enter')
  await expect(board.dialog).toBeHidden()
  await told('Front desk answered')
  call.audio.say(hz.desk)
  await find(live, 'front')
  await expect(board.state('Front desk')).toHaveText('talking')
  // Carl is kept from Nora, and Nora is muted.
  await expectHearing({ nora: ['ann', 'desk'], carl: ['ann', 'desk'], ann: ['carl', 'desk'] })
  expect(voicesIn(await call.audio.listen(2000))).toEqual(['carl', 'ann'])
  await call.hangUp()
  await expect(board.state('Front desk')).toHaveText('left')
  await showAll(live)
}

export const removeAndRestore = async (live: Live): Promise<void> => {
  const { board, app, phones, told, expectHearing } = live
  await board.goTo(carl)
  // What was taken back has not been done since.
  await expect(board.state(carl)).toHaveText(/^(talking|quiet)$/)
  await expect(board.timeline.filter({ hasText: 'removed' })).toHaveCount(0)
  await board.press('k')
  await expect(app.toast(`${carl} removed`)).toBeVisible()
  await phones.carl.happened('CALL_CLOSED')
  await expect(board.state(carl)).toHaveText('left')
  await told(`${carl} was removed by you`)
  await board.press('ControlOrMeta+z')
  await expect.poll(phones.carl.calls).toBe(2)
  await find(live, 'carl')
  await expect(board.state(carl)).toHaveText(/^(talking|quiet)$/)
  // The relation went with who left.
  await expectHearing(withoutNora)
  await showAll(live)
}
