// Finds a Chromium for the journeys: one named by the environment, the system's, or Playwright's own.
import { existsSync } from 'node:fs'
import { which } from './run.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const playwrightsOwn = async () => {
  try {
    const { chromium } = await import('@playwright/test')
    return chromium.executablePath()
  } catch {
    return null
  }
}

const isThere = (file) => Boolean(file) && existsSync(file)

/** The path of a Chromium, or null. */
export const findBrowser = async () => {
  const candidates = [process.env.PATCHBAY_CHROMIUM, ...names.map((name) => which(name)), ...places]
  const found = candidates.find(isThere)
  if (found) return found
  const own = await playwrightsOwn()
  return isThere(own) ? own : null
}
