// 1,000 participants at 500 events a second on the board: event to paint, frames, long tasks, heap, commands, opening.
// The crowd comes by real SIP (sipp) to the real backend; only its sound is made up (bench/board/synthetic-engine.ts).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../build/browser.mjs'
import { createApp, type App } from '../src-main/app.ts'
import { silentLog } from '../src-main/platform/log.ts'
import { watchBoard, type Watched } from './board/watch.ts'
import { createSyntheticCrowd } from './board/synthetic-engine.ts'
import { withFolder } from './server.ts'

const people = Number(process.argv[2] ?? 1000)
const eventsPerSecond = Number(process.argv[3] ?? 500)
const seconds = Number(process.argv[4] ?? 60)
const commands = 20

const at = (values: readonly number[], q: number): string => {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1)
}
const spread = (values: readonly number[]) =>
  `p50 ${at(values, 0.5)} ms  p95 ${at(values, 0.95)} ms  p99 ${at(values, 0.99)} ms`

const createConference = async ({ url, accountId, launchToken }: App) => {
  const call = async (method: string, path: string, data: unknown) => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'x-auth-token': launchToken, 'content-type': 'application/json' },
      body: JSON.stringify({ data }),
    })
    const { data: made } = (await answer.json()) as { data: { id: string } }
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(made)}`)
    return made
  }
  await call('PATCH', '/studio/sip', { authenticate_calls: false })
  const { id } = await call('PUT', `/v2/accounts/${accountId}/conferences`, {
    ...{ name: 'Crowd', conference_numbers: ['4000'], member: { join_muted: false } },
    ...{ play_welcome: false, play_entry_tone: false, play_exit_tone: false },
  })
  return id
}

const sipOf = async ({ url, launchToken }: App): Promise<string> => {
  const answer = await fetch(`${url}/studio/status`, { headers: { 'x-auth-token': launchToken } })
  return ((await answer.json()) as { data: { sip: string } }).data.sip
}

const callIn = async (sip: string) => {
  const scenario = join(import.meta.dirname, 'board/crowd.xml')
  const rate = ['-r', '40', '-m', String(people), '-l', String(people)]
  const args = [sip, '-sf', scenario, '-s', '4000', '-i', '127.0.0.1', ...rate, '-nostdin']
  const crowd = spawn('sipp', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  await once(crowd, 'spawn')
  return crowd
}

const heapOf = async (page: Page): Promise<number> => {
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  return (await client.send('Runtime.getHeapUsage')).usedSize / 1e6
}

/** From the key to the row that shows what the server confirmed. */
const command = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const button = () => document.querySelector('[data-cursor] .row-button')
    const before = button()?.getAttribute('aria-pressed')
    const startMs = performance.now()
    const key = new KeyboardEvent('keydown', { key: 'm', code: 'KeyM', bubbles: true })
    document.querySelector('[role=grid]')?.dispatchEvent(key)
    while (button()?.getAttribute('aria-pressed') === before) {
      if (performance.now() - startMs > 5000) throw new Error('a command was not confirmed')
      await new Promise(requestAnimationFrame)
    }
    return performance.now() - startMs
  })

const open = (page: Page, conferenceId: string): Promise<number> =>
  page.evaluate(async (id) => {
    const startMs = performance.now()
    location.hash = `#/conferences?conference=${id}`
    while (document.querySelectorAll('[data-row]').length < 20)
      await new Promise(requestAnimationFrame)
    return performance.now() - startMs
  }, conferenceId)

const tell = (watched: Watched, told: number) => {
  const { paints, frames, longTasks } = watched
  console.log(`events          ${(told / seconds).toFixed(0)} a second for ${seconds} s`)
  console.log(`event to paint  ${spread(paints)}  (${paints.length} of rows in sight)`)
  console.log(`frames          ${spread(frames)}`)
  console.log(
    `long tasks      ${longTasks.length} over 50 ms, longest ${Math.max(0, ...longTasks).toFixed(0)} ms`,
  )
}

await withFolder(async (dataDir) => {
  const crowd = createSyntheticCrowd()
  const app = await createApp({
    ...{ dataDir, port: 0, sipPort: 0, log: silentLog, engine: crowd.open },
    rendererDir: join(import.meta.dirname, '../out/renderer'),
  })
  const conferenceId = await createConference(app)
  // Other settings of SIP are another port.
  const callers = await callIn(await sipOf(app))
  const browser = await chromium.launch({
    executablePath: (await findBrowser()) ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watchBoard)
    await page.goto(`${app.url}/#token=${app.launchToken}`)
    const count = () =>
      fetch(`${app.url}/studio/conferences/live`, { headers: { 'x-auth-token': app.launchToken } })
        .then(
          (answer) => answer.json() as Promise<{ data: { conferences: { members: number }[] } }>,
        )
        .then(({ data }) => data.conferences[0]?.members ?? 0)
    while ((await count()) < people) {
      if (callers.exitCode !== null) throw new Error(`sipp ended with ${callers.exitCode}`)
      await sleep(500)
    }

    console.log(
      `opened in       ${(await open(page, conferenceId)).toFixed(0)} ms, ${people} people`,
    )
    await page.getByRole('grid', { name: 'Participants' }).focus()
    await sleep(2000)
    const heapBefore = await heapOf(page)
    crowd.setRate(eventsPerSecond)
    await sleep(2000)
    const toldBefore = crowd.told()
    await page.evaluate(() => window.boardWatch.start())
    await sleep(seconds * 1000)
    const watched = await page.evaluate(() => window.boardWatch.stop())
    tell(watched, crowd.told() - toldBefore)

    const trips: number[] = []
    for (let index = 0; index < commands; index += 1) trips.push(await command(page))
    console.log(`command         ${spread(trips)}`)
    crowd.setRate(0)
    const heapAfter = await heapOf(page)
    console.log(
      `heap            ${heapBefore.toFixed(1)} MB before, ${heapAfter.toFixed(1)} MB after`,
    )
  } finally {
    await browser.close()
    callers.kill('SIGKILL')
    await app.close()
  }
})
