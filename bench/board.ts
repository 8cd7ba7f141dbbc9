// 1,000 participants at 500 events a second on the board: event to paint, frames, long tasks, heap, commands, opening.
// The crowd comes by real SIP (sipp) to the real backend; only its sound is made up (bench/board/synthetic-engine.ts).
// An empty page and the board at rest are measured beside it: they are what this machine and its browser can do at all.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../build/browser.mjs'
import { createApp } from '../src-main/app.ts'
import { silentLog } from '../src-main/platform/log.ts'
import { callIn } from './board/crowd.ts'
import { createSyntheticCrowd, type SyntheticCrowd } from './board/synthetic-engine.ts'
import { watchBoard } from './board/watch.ts'
import { command, openBoard, watchPage, type Watch } from './board/window.ts'
import { withFolder } from './server.ts'

const people = Number(process.argv[2] ?? 1000)
const eventsPerSecond = Number(process.argv[3] ?? 500)
const seconds = Number(process.argv[4] ?? 60)
const commands = 20
/** Parts of the time, between which the heap is looked at: collecting it would be in the way. */
const parts = 3
const referenceSeconds = 5

type Seen = Awaited<ReturnType<Watch['for']>>

const at = (values: readonly number[], q: number): string => {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1)
}
const spread = (values: readonly number[]) =>
  `p50 ${at(values, 0.5)} ms  p95 ${at(values, 0.95)} ms  p99 ${at(values, 0.99)} ms`
const say = (what: string, text: string) => console.log(`${what.padEnd(22)}${text}`)

const sayFrames = (what: string, { watched: { frames, longTasks }, load }: Seen) => {
  const longest = Math.max(0, ...longTasks).toFixed(0)
  say(what, `${spread(frames)}  ${longTasks.length} long tasks, longest ${longest} ms`)
  const parts = (['script', 'style', 'layout', 'all'] as const).map(
    (name) => `${name} ${load[name].toFixed(0)}`,
  )
  say('', `ms of its thread a second: ${parts.join('  ')}`)
}

const together = (seen: readonly Seen[]): Seen => {
  const sum = (name: keyof Seen['load']) =>
    seen.reduce((total, { load }) => total + load[name], 0) / seen.length
  return {
    watched: {
      paints: seen.flatMap(({ watched }) => watched.paints),
      frames: seen.flatMap(({ watched }) => watched.frames),
      longTasks: seen.flatMap(({ watched }) => watched.longTasks),
    },
    load: { script: sum('script'), style: sum('style'), layout: sum('layout'), all: sum('all') },
  }
}

/** What frames are where nothing happens. */
const empty = async (page: Page) => {
  await page.goto('about:blank')
  sayFrames('frames, empty page', await (await watchPage(page)).for(referenceSeconds))
}

const busy = async (watch: Watch, crowd: SyntheticCrowd) => {
  const heaps = [await watch.heap()]
  crowd.setRate(eventsPerSecond)
  await sleep(2000)
  const seen: Seen[] = []
  let told = 0
  const used = process.cpuUsage()
  for (let part = 0; part < parts; part += 1) {
    const before = crowd.told()
    seen.push(await watch.for(seconds / parts))
    told += crowd.told() - before
    heaps.push(await watch.heap())
  }
  const { user, system } = process.cpuUsage(used)
  const all = together(seen)
  say('events', `${(told / seconds).toFixed(0)} a second for ${seconds} s`)
  say('event to paint', `${spread(all.watched.paints)}  (${all.watched.paints.length} rows)`)
  sayFrames('frames', all)
  say('server', `${((user + system) / 1000 / seconds).toFixed(0)} ms of processor a second`)
  const megabytes = heaps.map((bytes) => (bytes / 1e6).toFixed(1)).join('  ')
  say('heap', `${megabytes} MB, every ${(seconds / parts).toFixed(0)} s`)
}

await withFolder(async (dataDir) => {
  const crowd = createSyntheticCrowd()
  const app = await createApp({
    ...{ dataDir, port: 0, sipPort: 0, log: silentLog, engine: crowd.open },
    rendererDir: join(import.meta.dirname, '../out/renderer'),
  })
  const callers = await callIn(app, people)
  const browser = await chromium.launch({
    executablePath: (await findBrowser()) ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watchBoard)
    await empty(page)
    await page.goto(`${app.url}/#token=${app.launchToken}`)
    await page.waitForLoadState('networkidle')
    const openedMs = await openBoard(page, callers.conferenceId)
    say('opened in', `${openedMs.toFixed(0)} ms, ${people} people`)
    await page.getByRole('grid', { name: 'Participants' }).focus()
    await sleep(2000)
    const watch = await watchPage(page)
    sayFrames('frames, board at rest', await watch.for(referenceSeconds))
    await busy(watch, crowd)
    const trips: number[] = []
    for (let index = 0; index < commands; index += 1) trips.push(await command(page))
    say('command', spread(trips))
  } finally {
    await browser.close()
    callers.stop()
    await app.close()
  }
})
