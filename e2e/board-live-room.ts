import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startCallPhone, type CallPhone } from '../src-main/test/call-phone.ts'
import { tone } from '../src-main/test/tone.ts'
import type { Api } from './api.ts'
import { hz, startCrowd, startLivePhone, type Crowd, type LivePhone } from './board-live-phones.ts'
import { expect, test } from './fixtures.ts'
import { addMedium } from './materials/import-pack.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'
import { faultsOf } from './pages/faults.ts'

/** Those who talk: two members, of whom Nora never pauses, and a moderator. */
export const people = {
  nora: { displayName: 'Nora Lind', username: '1001', password: 'nora-secret', dials: '4000' },
  carl: { displayName: 'Carl Berg', username: '1002', password: 'carl-secret', dials: '4000' },
  ann: { displayName: 'Ann Moss', username: '1003', password: 'ann-secret', dials: '4001' },
} as const
export type Name = keyof typeof people

export const names = Object.keys(people) as Name[]
const crowdSize = 24
/** With those of the crowd, who are silent. */
export const everyone = names.length + crowdSize

/** Who hears whom while nobody is kept from it. */
export const everybody: Record<Name, string[]> = {
  nora: ['carl', 'ann'],
  carl: ['nora', 'ann'],
  ann: ['nora', 'carl'],
}

/** A port that stays the same when the server is started anew. */
const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

/** Two conferences, a device for each phone, and something to play; answers where phones call. */
const furnish = async (api: Api): Promise<string> => {
  // A crowd of strangers has no passwords.
  await api.call('PATCH', '/studio/sip', { port: await freePort(), authenticate_calls: false })
  const account = `/v2/accounts/${api.accountId}`
  await api.call('PUT', `${account}/conferences`, {
    ...{ name: 'Town hall', conference_numbers: ['4000'], play_welcome: false },
    ...{ play_entry_tone: false, play_exit_tone: false },
    member: { join_muted: false },
    moderator: { numbers: ['4001'] },
    profile: { 'locked-sound': `%(1500,0,${hz.locked})` },
  })
  const other = { name: 'Board meeting', conference_numbers: ['4100'] }
  await api.call('PUT', `${account}/conferences`, other)
  const desk = { displayName: 'Front desk', username: '1004', password: 'desk-secret' }
  for (const { displayName: name, username, password } of [...Object.values(people), desk])
    await api.call('PUT', `${account}/devices`, { name, sip: { username, password } })
  await addMedium(api, 'Jingle', tone({ frequencyHz: hz.jingle, durationMs: 1500 }))
  return (await api.call<{ sip: string }>('GET', '/studio/status')).sip
}

/** A conference as it is in the middle of an event, and what a supervisor sees of it. */
export type Live = {
  readonly page: Page
  readonly api: Api
  readonly board: ReturnType<typeof boardPage>
  readonly app: ReturnType<typeof appFrame>
  readonly phones: Readonly<Record<Name, LivePhone>>
  /** The three call, and a new crowd after them. */
  readonly callIn: () => Promise<Crowd>
  /** A phone that is called, or comes late. */
  readonly guest: (user: string, displayName: string) => Promise<CallPhone>
  /** Waits until they hear these voices and no others, for longer than anybody pauses. */
  readonly expectHearing: (expected: Readonly<Record<Name, readonly string[]>>) => Promise<void>
  /** Waits until the timeline says it. */
  readonly told: (text: string | RegExp) => Promise<void>
  /** Lets axe look: by all it knows, and in the other theme by what depends on one. */
  readonly judge: (place: string, within?: string) => Promise<void>
  /** For what must be stopped: the last first. */
  readonly ends: (() => Promise<unknown>)[]
}

export const openLive = async (page: Page, api: Api): Promise<Live> => {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-live-'))
  const ends: Live['ends'] = [() => rm(folder, { recursive: true, force: true })]
  const sip = await furnish(api)
  const start = async (voice: Name) => {
    const phone = await startLivePhone({ voice, sip, folder, ...people[voice] })
    ends.push(phone.quit)
    return phone
  }
  const [nora, carl, ann] = [await start('nora'), await start('carl'), await start('ann')]
  const phones = { nora, carl, ann }
  const board = boardPage(page)

  const hearing = async () =>
    Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await phones[name].hears()] as const)),
    )
  return {
    ...{ page, api, board, app: appFrame(page), phones, ends },
    callIn: async () => {
      for (const name of names) await phones[name].call(people[name].dials)
      const crowd = await startCrowd(sip, crowdSize, folder)
      ends.push(crowd.stop)
      return crowd
    },
    guest: async (user, displayName) => {
      const phone = await startCallPhone(sip, { user, displayName, password: 'desk-secret' })
      ends.push(phone.close)
      return phone
    },
    expectHearing: (expected) =>
      expect.poll(hearing, { timeout: 20_000, intervals: [10] }).toEqual(expected),
    told: (text) => expect(board.timeline.filter({ hasText: text }).first()).toBeVisible(),
    judge: (place, within) =>
      test.step(`axe finds nothing: ${place}`, async () => {
        const looking = within === undefined ? {} : { within }
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
        const inLight = await faultsOf(page, { ...looking, rules: ['color-contrast'] })
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
        expect.soft([inLight, await faultsOf(page, looking)]).toEqual([[], []])
      }),
  }
}
