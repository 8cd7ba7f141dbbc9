import type { Locator } from '@playwright/test'

const mostStops = 60

/** Presses Tab until `target` has the focus. */
export const tabTo = async (target: Locator): Promise<void> => {
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await target.page().keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}
