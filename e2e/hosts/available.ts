import { findBrowser } from '../../build/browser.mjs'
import { findElectron, noDesktop } from '../../build/electron.mjs'
import type { HostName } from './host.ts'

type Availability = { name: HostName; runsOn: string | null; otherwise: string }

export const browser = await findBrowser()

const hindrance = noDesktop({
  platform: process.platform,
  env: process.env,
  uid: process.getuid?.(),
})
const noElectron = 'its binary is not available (npx install-electron fetches it)'
const noBrowser = 'no Chromium found (npm test installs one)'

/** Electron's binary where it can open a window. */
export const electron = hindrance === null ? findElectron() : null

/** What each host would run on here, and why it does not. */
export const hosts: readonly Availability[] = [
  { name: 'electron', runsOn: electron, otherwise: hindrance ?? noElectron },
  { name: 'serve', runsOn: browser, otherwise: noBrowser },
  { name: 'stand-in', runsOn: browser, otherwise: noBrowser },
]
