import { open } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Heard } from '../engine/test/hearing.ts'

/** A wav of 16 bits, mono, that somebody else is still writing. Times are counted in its own samples, not on a clock. */
export type GrowingWav = {
  /** Samples so far. */
  readonly now: () => Promise<number>
  readonly between: (from: number, to: number) => Promise<Heard>
  /** What comes from now on, once it is so long. */
  readonly listen: (ms: number) => Promise<Heard>
}

const lookMs = 20
/** A writer that stopped is not waited for. */
const patienceMs = 10_000

/** Its header says a length of zero until it is closed: the samples begin behind `data`. */
export const growingWav = async (path: string): Promise<GrowingWav> => {
  const head = Buffer.alloc(128)
  const file = await open(path)
  await file.read(head, 0, head.length, 0)
  const data = head.indexOf('data', 12, 'latin1') + 8
  const rate = head.readUInt32LE(24)
  await file.close()
  if (data < 8) throw new Error(`${path} is no wav yet`)

  const now = async () => {
    const wav = await open(path)
    const { size } = await wav.stat()
    await wav.close()
    return Math.floor((size - data) / 2)
  }
  const between = async (from: number, to: number): Promise<Heard> => {
    const bytes = Buffer.alloc((to - from) * 2)
    const wav = await open(path)
    const { bytesRead } = await wav.read(bytes, 0, bytes.length, data + from * 2)
    await wav.close()
    const samples = Array.from({ length: bytesRead >> 1 }, (_, i) => bytes.readInt16LE(i * 2))
    return { samples, rate }
  }
  return {
    now,
    between,
    listen: async (ms) => {
      const from = await now()
      const to = from + (ms * rate) / 1000
      const untilMs = Date.now() + patienceMs
      while ((await now()) < to) {
        if (Date.now() > untilMs) throw new Error(`${path} does not grow`)
        await pause(lookMs)
      }
      return between(from, to)
    },
  }
}
