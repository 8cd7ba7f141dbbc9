import { expect, type Page } from '@playwright/test'
import { people, test as base } from './board-server.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'

/** A browser that plays nothing before somebody has touched the page. */
const test = base.extend({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const policy = '--autoplay-policy=document-user-activation-required'
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), policy] })
    },
    { scope: 'worker' },
  ],
})

// The pictures a trace takes count as touches, too.
test.use({ trace: 'off' })

/** Runs a script in the page without touching it: whatever Playwright does there counts as a touch. */
const untouched = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  return async (expression: string): Promise<unknown> => {
    const { result } = await session.send('Runtime.evaluate', { expression, userGesture: false })
    return result.value
  }
}

test('listening in says when the browser is silent, and is heard from the next key on @serve', async ({
  page,
  server,
  callIn,
}) => {
  await callIn(people)
  const board = boardPage(page)
  const run = await untouched(page)
  await run(`location.hash = '#/conferences?conference=${server.conferenceId}'`)
  await expect.poll(() => run(`document.querySelector('.listen')?.disabled`)).toBe(false)
  await run(`document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'l', code: 'KeyL', bubbles: true, cancelable: true }),
  )`)
  const listen = `document.querySelector('.listen').textContent`
  await expect.poll(() => run(listen)).toContain('Press any key to hear it')
  expect(await run('navigator.userActivation.hasBeenActive')).toBe(false)

  const button = board.main.locator('.listen')
  await expect(
    appFrame(page).toast('The browser plays no sound before a key is pressed here.'),
  ).toBeVisible()
  await expect(button).toHaveAttribute('aria-pressed', 'true')
  await board.press('l')
  await expect(button).toHaveText(/Listen in\d\.\d\d s/)
  await board.press('l')
  await expect(button).toHaveAttribute('aria-pressed', 'false')
  await expect(button).toHaveText(/^Listen in/)
})
