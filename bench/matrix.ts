// 5,000 prompts × 40 languages in the window: frames while scrolling both ways, and the heap.
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { createDocuments } from '../src-main/platform/documents/documents.ts'
import { systemClock } from '../src-main/platform/clock.ts'
import { silentLog } from '../src-main/platform/log.ts'
import { openDatabase } from '../src-main/platform/sqlite/sqlite.ts'
import { findBrowser } from '../build/browser.mjs'
import { seedMedia, startServer, withFolder } from './server.ts'

const prompts = 5000
const languages = 40
const frames = 240

const tag = (index: number): string =>
  index === 0
    ? 'en-us'
    : `${String.fromCharCode(97 + (index % 26))}${String.fromCharCode(97 + Math.floor(index / 26))}-xx`

const shapeOf = (seed: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return Array.from({ length: 32 }, (_, at) => alphabet[(seed * 7 + at * at * 3) % 40]).join('')
}

const seedMatrix = async (dataDir: string, accountId: string) => {
  const db = openDatabase({ path: join(dataDir, 'patchbay.sqlite'), log: silentLog })
  const documents = createDocuments({ db, clock: systemClock })
  await db.write((tx) => {
    for (let prompt = 0; prompt < prompts; prompt += 1) {
      for (let language = 0; language < languages; language += 1) {
        // One in nine is missing, as in real packs.
        if ((prompt + language * 5) % 9 === 0 && language > 0) continue
        const promptId = `area${prompt % 50}-prompt_${prompt}`
        const id = `${tag(language)}%2F${promptId}`
        const body = {
          name: id,
          prompt_id: promptId,
          language: tag(language),
          media_source: 'upload',
        }
        const { seq } = documents.create(
          tx,
          { accountId, type: 'media', id },
          { body, private: {} },
        )
        const audio = {
          container: 'wav',
          content_type: 'audio/x-wav',
          playable: true,
          duration_ms: 700 + prompt,
          shape: shapeOf(prompt + language),
        }
        tx.run(
          `INSERT INTO media_files (document, role, blob, content_type, content_length, filename, audio)
           VALUES (?, 'original', ?, 'audio/x-wav', 1000, 'x.wav', ?)`,
          seq,
          '0'.repeat(64),
          JSON.stringify(audio),
        )
      }
    }
  })
  await db.close()
}

/** Scrolls by a fixed step a frame and returns the time between frames, sorted. */
const scroll = (page: Page, step: { x: number; y: number }): Promise<number[]> =>
  page.evaluate(
    async ({ x, y, count }) => {
      const grid = document.querySelector('[role=grid]')
      const candidates = [grid, ...(grid?.querySelectorAll('*') ?? []), grid?.parentElement]
      const scroller = candidates.find(
        (each) => each && each.scrollHeight > each.clientHeight + 1000,
      )
      if (!scroller) throw new Error('the grid does not scroll')
      const deltas: number[] = []
      let before = await new Promise<number>(requestAnimationFrame)
      for (let frame = 0; frame < count; frame += 1) {
        scroller.scrollTop += y
        scroller.scrollLeft += x
        const now = await new Promise<number>(requestAnimationFrame)
        deltas.push(now - before)
        before = now
      }
      return deltas.sort((a, b) => a - b)
    },
    { ...step, count: frames },
  )

await withFolder(async (folder) => {
  const accountId = await seedMedia(folder, 0)
  await seedMatrix(folder, accountId)
  const server = await startServer(folder)
  const browser = await chromium.launch({
    executablePath: (await findBrowser()) ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--enable-precise-memory-info',
      '--disable-background-networking',
    ],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const startMs = performance.now()
    await page.goto(`${server.url}/#token=${server.auth_token}`)
    await page.getByRole('grid').waitFor({ timeout: 60_000 })
    await page.getByRole('gridcell').first().waitFor({ state: 'attached' })
    console.log(`opened in ${(performance.now() - startMs).toFixed(0)} ms`)
    for (const [what, step] of [
      ['20 px a frame', { x: 0, y: 20 }],
      ['800 px a frame', { x: 0, y: 800 }],
      ['25 px sideways', { x: 25, y: 0 }],
      ['both ways', { x: -12, y: -120 }],
    ] as const) {
      const deltas = await scroll(page, step)
      const at = (q: number) => (deltas[Math.floor(deltas.length * q)] ?? 0).toFixed(1)
      console.log(`${what.padEnd(16)} frame p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`)
    }
    const client = await page.context().newCDPSession(page)
    await client.send('HeapProfiler.collectGarbage')
    const { usedSize } = await client.send('Runtime.getHeapUsage')
    console.log(
      `heap ${(usedSize / 1e6).toFixed(0)} MB, ${await page.locator('*').count()} elements`,
    )
  } finally {
    await browser.close()
    await server.stop()
  }
})
