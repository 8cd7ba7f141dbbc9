import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { noBaresip } from '../src-main/test/baresip.ts'
import { samplesOf } from '../src-main/test/samples.ts'
import { noSipp } from '../src-main/test/sipp.ts'
import {
  dialOut,
  keepApart,
  muteAndDeafen,
  muteNoise,
  muteOthers,
  removeAndRestore,
  withdrawRemoval,
} from './board-live-people.ts'
import { voicesIn, type Crowd } from './board-live-phones.ts'
import { everybody, everyone, names, openLive, people, type Live } from './board-live-room.ts'
import { expect, test } from './fixtures.ts'
import { startNode, whileRunning } from './hosts/backend-process.ts'
import type { Host } from './hosts/host.ts'

/**
 * A supervisor in the middle of an event, with three real phones and a crowd. No pointer is used. What is done is seen on the
 * board, and heard in what each phone wrote down.
 */

const missing = noBaresip ?? noSipp

/** From the first page of somebody whom no link logs in: a login outlives the server. */
const logIn = async ({ page }: Live, url: string, dataDir: string) => {
  const file = await readFile(join(dataDir, 'credentials.json'), 'utf8')
  const { account_name, username, password } = JSON.parse(file) as Record<string, string>
  await page.evaluate(() => sessionStorage.clear())
  await page.goto('about:blank')
  await page.goto(url)
  await page.getByRole('textbox', { name: 'Account' }).waitFor()
  for (const text of [account_name, username, password]) {
    await page.keyboard.type(text ?? '')
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
}

const openRoom = async ({ board, app, judge, expectHearing }: Live) => {
  await app.runFromPalette('Conferences')
  await expect(board.rooms).toContainText('Board meeting')
  // To the other one, and back.
  await board.press(']')
  await expect(board.main.getByRole('heading', { name: 'Board meeting' })).toBeVisible()
  await board.press('[')
  await expect(board.main.getByRole('heading', { name: 'Town hall' })).toBeVisible()
  await expect(board.main.getByText(`${everyone} people · 1 moderator`)).toBeVisible()
  for (const name of names) await expect(board.row(people[name].displayName)).toBeVisible()
  await expectHearing(everybody)
  await judge('the board')
}

const lock = async ({ board, told, guest }: Live) => {
  await board.press('g l')
  await expect(board.button('Locked')).toBeVisible()
  await expect(board.rooms).toContainText('locked')
  await told('Locked by you')
  const late = await (await guest('1009', 'Late Guest')).call('4000')
  expect(voicesIn(await late.audio.listen(800))).toEqual(['locked'])
  expect((await late.ended)?.method).toBe('BYE')
  await expect(board.main.getByText(`${everyone} people ·`)).toBeVisible()
  await told('Turned away: the conference is locked')
  await board.press('g l')
  await expect(board.button(/^Lock$/)).toBeVisible()
}

/** What is played to everybody, and to one, as the three heard it; the dialog is open, and what to play is found. */
const play = async ({ page, board, phones }: Live, times: number) => {
  await page.keyboard.type('jing')
  await expect(board.dialog.getByRole('row').filter({ hasText: 'Jingle' })).toBeVisible()
  await board.press('ArrowDown')
  const done = () =>
    expect(board.timeline.filter({ hasText: '“Jingle” was played' })).toHaveCount(times)
  return async () => {
    const heard = names.map((name) => phones[name].hearsUntil(done))
    await page.keyboard.press('Enter')
    const [nora = [], carl = [], ann = []] = await Promise.all(heard)
    return [nora, carl, ann].map((voices) => voices.includes('jingle'))
  }
}

const playAndRecord = async (live: Live) => {
  const { board, app, told, judge } = live
  await board.press('g r')
  await expect(board.button(/^Recording/)).toBeVisible()
  await expect(board.rooms).toContainText('REC')

  await board.press('g p')
  const playToAll = await play(live, 1)
  await expect(board.dialog).toContainText(`Play to ${everyone} people`)
  await judge('what to play', '[role=dialog]')
  expect(await playToAll()).toEqual([true, true, true])
  await expect(app.toast(`“Jingle” plays to ${everyone} people`)).toBeVisible()
  await told('“Jingle” plays to everybody by you')

  const { displayName: ann } = people.ann
  await board.goTo(ann)
  await board.press('p')
  const playToOne = await play(live, 2)
  await expect(board.dialog).toContainText(`Play to ${ann}`)
  expect(await playToOne()).toEqual([false, false, true])
  await told(`“Jingle” plays to ${ann} by you`)

  await board.press('g r')
  await expect(board.button('Record')).toBeVisible()
  await told('Recording stopped by you')
  // Nora is muted; what was played to Ann alone is in no recording.
  expect(await recorded(live)).toEqual(['carl', 'ann', 'jingle'])
}

const recorded = async ({ api }: Live) => {
  const media = `/v2/accounts/${api.accountId}/media`
  const list = () => api.call<{ id: string }[]>('GET', `${media}?filter_media_source=recording`)
  await expect.poll(list).toHaveLength(1)
  const [recording] = await list()
  const answer = await api.fetch(`${media}/${recording?.id ?? ''}/raw`)
  const bytes = Buffer.from(await answer.arrayBuffer())
  return voicesIn({ samples: samplesOf(bytes), rate: bytes.readUInt32LE(24) })
}

/** Ends the server as a loss of power would, and starts it anew on the same ports. */
const restart = async (live: Live, { url, kill }: Host, dataDir: string) => {
  const { board, told, judge, ends } = live
  await kill()
  await expect(board.main.getByText(/^No connection since/)).toBeVisible()
  await expect(board.main.getByText(`${everyone} people ·`)).toBeVisible()
  await judge('no connection', 'main')

  const args = ['out/main/serve.js', '--port', new URL(url).port, '--data', dataDir]
  const running = startNode(args)
  ends.push(running.stop)
  await whileRunning(running, once(running.child.stdout!, 'data'))
  // The longer it was gone, the more rarely it is tried: at least once a minute.
  await expect(board.main.getByRole('heading', { name: 'The calls have ended' })).toBeVisible({
    timeout: 60_000,
  })
  await expect(board.main.getByText(`the calls of ${everyone} people ended with it`)).toBeVisible()
  await told(/The server was started anew between .* its calls ended with it/)
  await judge('the calls have ended', 'main')
}

const workOn = async ({ board, expectHearing }: Live) => {
  const { displayName: carl } = people.carl
  await expect(board.main.getByText(`${everyone} people · 1 moderator`)).toBeVisible()
  await expectHearing(everybody)
  await board.goTo(carl)
  await board.press('m')
  await expect(board.state(carl)).toContainText('muted')
  await expectHearing({ ...everybody, nora: ['ann'], ann: ['nora'] })
}

const end = async ({ page, board }: Live, crowd: Crowd) => {
  await board.press('g e')
  await expect(board.question).toContainText(`${everyone} calls are hung up; 1 moderator is among`)
  await board.press('Tab')
  await page.keyboard.down('Enter')
  await expect(board.question).toBeHidden()
  await page.keyboard.up('Enter')
  await expect(board.main.getByRole('heading', { name: 'Nobody is in it' })).toBeVisible()
  expect(await crowd.ended).toBe(0)
}

test(`a conference of real phones is run by keyboard alone, and outlives its server @serve${missing === undefined ? '' : `: not run, ${missing}`}`, async ({
  host,
  api,
  dataDir,
}) => {
  test.skip(missing !== undefined, missing)
  test.setTimeout(420_000)
  await host.page.setViewportSize({ width: 1440, height: 900 })
  const live = await openLive(host.page, api)
  try {
    const crowd = await live.callIn()
    await test.step('logs in', () => logIn(live, host.url, dataDir))
    await test.step('opens the room', () => openRoom(live))
    await test.step('makes somebody mute and deaf', () => muteAndDeafen(live))
    await test.step('mutes the noisy line', () => muteNoise(live))
    await test.step('takes a removal back', () => withdrawRemoval(live))
    await test.step('keeps two apart', () => keepApart(live))
    await test.step('mutes all but moderators', () => muteOthers(live))
    await test.step('locks', () => lock(live))
    await test.step('records and plays', () => playAndRecord(live))
    await test.step('dials out', () => dialOut(live))
    await test.step('removes somebody, calls them again', () => removeAndRestore(live))
    await test.step('sees the server go and come', () => restart(live, host, dataDir))
    await crowd.stop()
    for (const name of names) await live.phones[name].hangUp()
    const again = await live.callIn()
    await test.step('works on', () => workOn(live))
    await test.step('ends it', () => end(live, again))
  } finally {
    for (const stop of live.ends.reverse()) await stop()
  }
})
