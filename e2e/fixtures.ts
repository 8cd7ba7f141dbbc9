import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Browser, type BrowserContext, type Page } from '@playwright/test'
import type { CallPhone } from '../src-main/test/call-phone.ts'
import { createApi, type Api } from './api.ts'
import { electron } from './hosts/available.ts'
import { openElectron } from './hosts/electron.ts'
import type { Desktop, Host, HostName } from './hosts/host.ts'
import { openServe } from './hosts/serve.ts'
import { openStandIn } from './hosts/stand-in.ts'
import { addPhone } from './materials/add-phone.ts'

export type HostOption = { hostName: HostName }

type Fixtures = {
  /** A fresh data folder; gone after the test. */
  dataDir: string
  /** Opens Patchbay on the data folder, again after it was closed. */
  open: () => Promise<Host>
  host: Host
  page: Page
  /** Opens the interface once more beside the host's own window, in a browser of its own. */
  openWindow: () => Promise<Page>
  desktop: Desktop
  api: Api
  /** A phone that is a device of the account; closed after the test. */
  startPhone: (user: string, name: string) => Promise<CallPhone>
}

const openers: Record<HostName, (browser: Browser, dataDir: string) => Promise<Host>> = {
  electron: (_, dataDir) => openElectron(electron!, dataDir),
  serve: openServe,
  'stand-in': openStandIn,
}

export const test = base.extend<Fixtures & HostOption>({
  hostName: ['serve', { option: true }],

  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'patchbay-journey-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },

  open: async ({ browser, dataDir, hostName }, use, info) => {
    const opened: Host[] = []
    await use(async () => {
      const host = await openers[hostName](browser, dataDir)
      opened.push(host)
      return host
    })
    for (const host of opened) await host.close()
    if (info.status === info.expectedStatus) return
    const body = opened.map((host) => host.log()).join('\n')
    await info.attach('backend log', { body, contentType: 'text/plain' })
  },

  host: async ({ open }, use) => use(await open()),
  page: async ({ host }, use) => use(host.page),
  openWindow: async ({ browser, host }, use) => {
    const opened: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext()
      opened.push(context)
      const page = await context.newPage()
      await page.goto(`${host.url}/#token=${host.token}`)
      return page
    })
    for (const context of opened) await context.close()
  },
  api: async ({ host }, use) => use(await createApi(host)),
  startPhone: async ({ api }, use) => {
    const phones: CallPhone[] = []
    await use(async (user, name) => {
      const phone = await addPhone(api, user, name)
      phones.push(phone)
      return phone
    })
    for (const phone of phones) await phone.close()
  },
  desktop: async ({ host }, use) => {
    if (!host.desktop) throw new Error('tag this journey @desktop: a browser has none')
    await use(host.desktop)
  },
})

export { expect } from '@playwright/test'
