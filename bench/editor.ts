// A 3-hour stereo recording in the editor: first paint with a cached pyramid, frames, heap.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type CDPSession, type Page } from '@playwright/test'
import { findBrowser } from '../build/browser.mjs'
import { wavHeader } from '../src-main/sound/samples/wav-header.ts'
import { startServer, withFolder, type Server } from './server.ts'

const sampleRateHz = 44_100
const channels = 2
const seconds = 3 * 3600
const patternSeconds = 60
const frames = 240
const opens = 9

/** Something like talking: harmonics under syllables, never silent for long. */
const talk = (): Int16Array => {
  const samples = new Int16Array(patternSeconds * sampleRateHz * channels)
  for (let frame = 0; frame < patternSeconds * sampleRateHz; frame += 1) {
    const t = frame / sampleRateHz
    const syllable = 0.25 + 0.75 * Math.abs(Math.sin(t * 9) * Math.sin(t * 2.3 + 1))
    const pitch = 2 * Math.PI * (130 * t + 3 * Math.sin(t * 4))
    const voice = Math.sin(pitch) + 0.6 * Math.sin(3 * pitch) + 0.4 * Math.sin(9 * pitch)
    const value = 9000 * syllable * voice
    samples[frame * 2] = value
    samples[frame * 2 + 1] = value * 0.8
  }
  return samples
}

const writeRecording = async (path: string) => {
  const pattern = talk()
  const bytes = Buffer.from(pattern.buffer)
  const file = await open(path, 'w')
  const dataBytes = seconds * sampleRateHz * channels * 2
  await file.write(wavHeader({ sampleRateHz, channels, bits: 16 }, dataBytes))
  for (let second = 0; second < seconds; second += patternSeconds) await file.write(bytes)
  await file.close()
}

type Source = { id: string; state: string; frames: number }

const ask = async <T>(server: Server, path: string, data?: unknown): Promise<T> => {
  const response = await fetch(`${server.url}${path}`, {
    method: data === undefined ? 'GET' : 'POST',
    headers: { 'x-auth-token': server.auth_token, 'content-type': 'application/json' },
    ...(data !== undefined && { body: JSON.stringify({ data }) }),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { data: T }).data
}

const openRecording = async (server: Server, path: string): Promise<string> => {
  let source = await ask<Source>(server, '/studio/sources?name=recording', { path })
  while (source.state === 'reading') {
    await new Promise((resolve) => setTimeout(resolve, 200))
    source = await ask<Source>(server, `/studio/sources/${source.id}`)
  }
  if (source.state !== 'ready') throw new Error('the recording could not be read')
  const draft = await ask<{ id: string }>(server, '/studio/drafts', { source: source.id })
  return draft.id
}

/**
 * From asking for a page until the wave is on the canvas: the loudest place of the first lane. Looked
 * for when a frame is finished, once a frame and in one row, because looking takes time as well.
 */
const firstPaint = (page: Page, hash: string): Promise<number> =>
  page.evaluate(
    (target) =>
      new Promise<number>((resolve) => {
        const startMs = performance.now()
        window.location.hash = target
        const isPainted = () => {
          const canvas = document.querySelector<HTMLCanvasElement>('[data-part=wave]')
          const { width = 0, height = 0 } = canvas ?? {}
          if (width <= 300) return false
          // Between the axis and −6 dB, where nothing but the wave is.
          const row = canvas?.getContext('2d')?.getImageData(0, Math.floor(height * 0.22), width, 1)
          return [0.1, 0.3, 0.5, 0.7, 0.9].every(
            (share) => (row?.data[Math.floor(width * share) * 4 + 3] ?? 0) > 200,
          )
        }
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          if (isPainted()) resolve(performance.now() - startMs)
          else next()
        }
        const next = () => requestAnimationFrame(() => port2.postMessage(null))
        next()
      }),
    hash,
  )

type Wheel = { deltaX: number; deltaY: number; ctrlKey: boolean }

/** One turn of the wheel a frame; the time between frames, sorted. */
const wheel = (page: Page, turn: Wheel, count = frames): Promise<number[]> =>
  page.evaluate(
    async ({ turn, count }) => {
      const lanes = document.querySelector('[data-part=lanes]')
      if (!lanes) throw new Error('there is no waveform')
      const box = lanes.getBoundingClientRect()
      const place = { clientX: box.left + box.width * 0.4, clientY: box.top + box.height / 2 }
      const deltas: number[] = []
      let before = await new Promise<number>(requestAnimationFrame)
      for (let frame = 0; frame < count; frame += 1) {
        lanes.dispatchEvent(
          new WheelEvent('wheel', { ...turn, ...place, bubbles: true, cancelable: true }),
        )
        const now = await new Promise<number>(requestAnimationFrame)
        deltas.push(now - before)
        before = now
      }
      return deltas.sort((a, b) => a - b)
    },
    { turn, count },
  )

const zoom = (deltaY: number): Wheel => ({ deltaX: 0, deltaY, ctrlKey: true })
const scroll = (deltaX: number): Wheel => ({ deltaX, deltaY: 0, ctrlKey: false })

const report = (what: string, deltas: readonly number[]) => {
  const at = (q: number) => (deltas[Math.floor(deltas.length * q)] ?? 0).toFixed(1)
  const late = deltas.filter((delta) => delta > 20).length
  console.log(
    `${what.padEnd(30)} frame p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  longest ${at(0.9999)} ms  over 20 ms ${late}`,
  )
}

/** The first one is cold: none of the editor's code has run in this browser. */
const reportPaints = ([cold = 0, ...others]: readonly number[]) => {
  const sorted = others.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const worst = sorted.at(-1) ?? 0
  console.log(
    `first paint cold ${cold.toFixed(0)} ms, then median ${median.toFixed(0)} ms  worst ${worst.toFixed(0)} ms`,
  )
}

const settle = (page: Page) => page.waitForTimeout(1500)

const heap = async (client: CDPSession) => {
  await client.send('HeapProfiler.collectGarbage')
  const usage = (await client.send('Runtime.getHeapUsage')) as {
    usedSize: number
    backingStorageSize?: number
  }
  const buffers = usage.backingStorageSize ?? 0
  console.log(
    `heap ${(usage.usedSize / 1e6).toFixed(0)} MB and ${(buffers / 1e6).toFixed(0)} MB in buffers`,
  )
}

await withFolder(async (folder) => {
  const recording = join(folder, 'recording.wav')
  await writeRecording(recording)
  const server = await startServer(join(folder, 'data'))
  const browser = await chromium.launch({
    executablePath: (await findBrowser()) ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const readMs = performance.now()
    const draft = await openRecording(server, recording)
    console.log(`read and opened in ${((performance.now() - readMs) / 1000).toFixed(1)} s`)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${server.url}/#token=${server.auth_token}`)
    await page.getByRole('navigation').first().waitFor()
    await settle(page)
    const paints: number[] = []
    for (let round = 0; round < opens; round += 1) {
      paints.push(await firstPaint(page, `#/editor?draft=${draft}`))
      await settle(page)
      // Nothing of it is left in memory for the next time.
      await page.evaluate(() => {
        window.location.hash = '#/settings'
      })
      await page.reload()
      await page.getByRole('navigation').first().waitFor()
      await settle(page)
    }
    reportPaints(paints)
    await firstPaint(page, `#/editor?draft=${draft}`)
    await settle(page)
    report('zoom in from all to samples', await wheel(page, zoom(-10)))
    await settle(page)
    report('scroll samples', await wheel(page, scroll(9)))
    report('zoom out again', await wheel(page, zoom(10)))
    await settle(page)
    for (const [what, turns] of [
      ['scroll, an hour wide', 14],
      ['scroll, some minutes wide', 30],
      ['scroll, some seconds wide', 50],
    ] as const) {
      await wheel(page, zoom(60), 30)
      await wheel(page, zoom(-10), turns)
      await settle(page)
      report(what, await wheel(page, scroll(12)))
    }
    const client = await page.context().newCDPSession(page)
    await heap(client)
  } finally {
    await browser.close()
    await server.stop()
  }
})
