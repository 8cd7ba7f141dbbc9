import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Page } from '@playwright/test'
import { startCallPhone, type CallPhone } from '../src-main/test/call-phone.ts'
import type { PhoneCall } from '../src-main/test/phone-call.ts'
import { createApi, type Api } from './api.ts'
import { test as base } from './fixtures.ts'
import { startNode, whileRunning, type Running } from './hosts/backend-process.ts'

type Ready = { url: string; auth_token: string }
type Server = {
  running: Running
  url: string
  token: string
  sip: string
  api: Api
  /** Of the conference that callers get into by 4000. */
  conferenceId: string
  /** Where it is in Crossbar's API. */
  conference: string
}
type CallIn = (names: readonly string[]) => Promise<PhoneCall[]>

type BoardFixtures = {
  server: Server
  page: Page
  /** Calls in, one after the other, so that they get the same numbers each time. */
  callIn: CallIn
}

/** A server of its own, whose process can be stopped and killed, with a conference that takes anybody. */
export const test = base.extend<BoardFixtures>({
  server: async ({ dataDir }, use) => {
    const running = startNode([
      'out/main/serve.js',
      '--port',
      '0',
      '--sip-port',
      '0',
      '--data',
      dataDir,
    ])
    const lines = createInterface({ input: running.child.stdout! })
    const [line] = (await whileRunning(running, once(lines, 'line'))) as [string]
    const { url, auth_token: token } = JSON.parse(line) as Ready
    const api = await createApi({ url, token })
    await api.call('PATCH', '/studio/sip', { port: 0, authenticate_calls: false })
    const { sip } = await api.call<{ sip: string }>('GET', '/studio/status')
    const conferences = `/v2/accounts/${api.accountId}/conferences`
    const { id } = await api.call<{ id: string }>('PUT', conferences, {
      ...{ name: 'Town hall', conference_numbers: ['4000'], play_welcome: false },
      ...{ play_entry_tone: false, play_exit_tone: false, member: { join_muted: false } },
    })
    const conference = `${conferences}/${id}`
    await use({ running, url, token, sip, api, conferenceId: id, conference })
    running.child.kill('SIGCONT')
    await running.stop()
  },
  page: async ({ browser, server: { url, token } }, use) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(`${url}/#token=${token}`)
    await use(page)
    await context.close()
  },

  callIn: async ({ server: { sip } }, use) => {
    const phones: CallPhone[] = []
    await use(async (names) => {
      const calls: PhoneCall[] = []
      for (const [index, displayName] of names.entries()) {
        const phone = await startCallPhone(sip, { user: `200${index + 1}`, displayName })
        phones.push(phone)
        calls.push(await phone.call('4000'))
      }
      return calls
    })
    await Promise.all(phones.map((phone) => phone.close()))
  },
})

export const hangUp = async (calls: readonly PhoneCall[]): Promise<void> => {
  await Promise.all(calls.map((call) => call.hangUp()))
  await Promise.all(calls.map(({ ended }) => ended))
}

export const people = ['Ann Berg', 'Carl Carlsson'] as const
