import { expect, vi } from 'vitest'
import { startApp, type Called, type TestApp } from '../../../test/app.ts'
import { startCallPhone, type CallPhone } from '../../../test/call-phone.ts'
import type { PhoneCall } from '../../../test/phone-call.ts'

/** A backend with an owner, two phones that are registered, and conferences to call. */
export type SeedStage = {
  readonly app: TestApp
  /** Of the SIP users 1001 and 1002. */
  readonly phones: readonly CallPhone[]
  readonly owner: string
  /** Ids of both phones' devices, which belong to the owner. */
  readonly devices: readonly string[]
  /** Path of the account's conferences. */
  readonly base: string
  readonly get: (path: string) => Promise<Called>
  readonly put: (path: string, json: unknown) => Promise<Called>
  /** Creates a document, and resolves with its id. */
  readonly created: (path: string, data: object) => Promise<string>
  /** Another account: its id, and a token of it. */
  readonly otherAccount: (name: string) => Promise<{ id: string; token: string }>
  readonly newConference: (more?: object) => Promise<NumberedConference>
  /** Calls it with both phones; resolves once both are in it. */
  readonly fill: (conference: NumberedConference) => Promise<Party>
  /** Fails unless an answer is a whole success envelope with this data. */
  readonly expectSuccess: (answer: Called, data: unknown) => void
  readonly dispose: () => Promise<void>
}

/** A conference that says nothing by itself. */
type NumberedConference = { readonly id: string; readonly number: string }

type Party = {
  readonly calls: readonly PhoneCall[]
  /** Of the participants, in the order of the calls. */
  readonly ids: readonly number[]
  readonly leave: () => Promise<unknown>
}

const password = 'secret1'

export const roles = {
  member: { join_muted: false, join_deaf: false, numbers: [], pins: [] },
  moderator: { join_muted: false, join_deaf: false, numbers: [], pins: [] },
}
const quiet = { play_welcome: false, play_entry_tone: false, play_exit_tone: false }

const idOf = ({ envelope }: Called): string => (envelope.data as { id: string }).id

export const startSeed = async (): Promise<SeedStage> => {
  const app = await startApp()
  const account = `/v2/accounts/${app.accountId}`
  const base = `${account}/conferences`
  let lastNumber = 4000

  const created: SeedStage['created'] = async (path, data) =>
    idOf(await app.call('PUT', path, { json: { data } }))
  const get: SeedStage['get'] = (path) => app.call('GET', `${base}/${path}`)

  const owner = await created(`${account}/users`, { first_name: 'Ada', last_name: 'Byron' })
  const devices: string[] = []
  const phones: CallPhone[] = []
  for (const username of ['1001', '1002']) {
    const device = { name: username, owner_id: owner, sip: { username, password } }
    devices.push(await created(`${account}/devices`, device))
    const phone = await startCallPhone(app.sip ?? '', { user: username, password })
    expect(await phone.register()).toBe(200)
    phones.push(phone)
  }

  return {
    ...{ app, phones, owner, devices, base, get, created },
    put: (path, json) => app.call('PUT', `${base}/${path}`, { json }),
    otherAccount: async (name) => {
      const made = await app.call('PUT', '/v2/accounts', { json: { data: { name } } })
      const { api_key } = made.envelope.data as { api_key: string }
      const json = { data: { api_key } }
      const login = await app.call('PUT', '/v2/api_auth', { json, token: null })
      return { id: idOf(made), token: login.envelope.auth_token ?? '' }
    },
    newConference: async (more = {}) => {
      const number = String((lastNumber += 1))
      const document = { name: 'Conf', ...roles, ...quiet, conference_numbers: [number], ...more }
      return { number, id: await created(base, document) }
    },
    fill: async ({ id, number }) => {
      const calls: PhoneCall[] = []
      const participants = async () =>
        (await get(`${id}/participants`)).envelope.data as { participant_id: number }[]
      for (const phone of phones) {
        calls.push(await phone.call(number))
        await vi.waitFor(async () => expect(await participants()).toHaveLength(calls.length), {
          timeout: 10_000,
        })
      }
      const ids = (await participants()).map((each) => each.participant_id)
      return { calls, ids, leave: () => Promise.all(calls.map((call) => call.hangUp())) }
    },
    expectSuccess: ({ status, envelope }, data) => {
      expect([status, envelope.data]).toEqual([200, data])
      const text: unknown = expect.any(String)
      expect(envelope).toMatchObject({
        ...{ status: 'success', auth_token: app.launchToken, request_id: text },
        ...{ node: text, timestamp: text, version: text },
      })
    },
    dispose: async () => {
      for (const phone of phones) await phone.close()
      await app.dispose()
    },
  }
}
