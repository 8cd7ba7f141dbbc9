// Mixing alone: from the packets of all legs of a room to what each of them hears as packets, 20 ms at a time, against the
// same loop in C (bench/mixer/mixer.c, gcc -O3), which must make the same samples. `npm run bench -- mixer`.
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { tickBytesOf, decodeInto, encodeInto, rateOf } from '../src-main/engine/frame/codec.ts'
import { createRoom } from '../src-main/engine/frame/room.ts'
import { samplesOf } from '../src-main/engine/frame/sound.ts'
import type { CodecName, Member, Rate } from '../src-main/engine/port.ts'
import { withFolder } from './server.ts'

type Case = { legs: number; codec: CodecName; roomRate: Rate; talking: number }
type Figures = { hash: number; p50: number; p99: number }

const FRAMES = 8
const WARM_TICKS = 100
const TICKS = 300
const ROUNDS = 3

const member: Member = {
  speak: true,
  hear: true,
  gainInDb: 0,
  gainOutDb: 0,
  energyLevel: 20,
  distributeDigits: false,
  canHaveFloor: true,
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN

const figuresOf = (hash: number, ms: readonly number[]): Figures => {
  const sorted = ms.toSorted((a, b) => a - b)
  return { hash, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}

/** Noise of all legs: speech is as loud as speech, everybody else as quiet as a room. */
const packetsOf = ({ legs, codec, talking }: Case): Uint8Array[][] => {
  let state = 1
  const samples = new Int16Array(samplesOf(rateOf(codec)))
  return Array.from({ length: legs }, (_, leg) =>
    Array.from({ length: FRAMES }, () => {
      const peak = leg < talking ? 3000 : 10
      for (let i = 0; i < samples.length; i += 1) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
        samples[i] = Math.round((state / 2 ** 31) * peak)
      }
      const packet = new Uint8Array(tickBytesOf(codec))
      encodeInto(codec, samples, packet)
      return packet
    }),
  )
}

const mixHere = (one: Case, packets: readonly Uint8Array[][]): Figures => {
  const { codec, roomRate: maximumRate } = one
  const room = createRoom({ comfortNoise: 0, maximumRate, onEvent: () => undefined })
  const seats = packets.map(() => room.seat(member, rateOf(codec)))
  // A silent leg that brings the room to its rate.
  if (maximumRate !== rateOf(codec)) room.seat({ ...member, hear: false }, maximumRate)
  const said = new Int16Array(samplesOf(rateOf(codec)))
  const heard: Uint8Array[] = seats.map(() => new Uint8Array())

  const tick = (frame: number) => {
    for (let leg = 0; leg < seats.length; leg += 1) {
      decodeInto(codec, packets[leg]![frame]!, said)
      seats[leg]!.say(said)
    }
    room.tick()
    for (let leg = 0; leg < seats.length; leg += 1) heard[leg] = seats[leg]!.output.encoded(codec)
  }
  let hash = 2_166_136_261
  const add = (value: number) => {
    hash = Math.imul(hash ^ value, 16_777_619)
  }
  for (let i = 0; i < WARM_TICKS; i += 1) {
    tick(i % FRAMES)
    seats.forEach(({ output }, leg) => {
      for (const sample of output.samples) add(sample & 0xffff)
      for (const byte of heard[leg]!) add(byte)
    })
  }
  const ms: number[] = []
  for (let i = 0; i < TICKS; i += 1) {
    const startMs = performance.now()
    tick((WARM_TICKS + i) % FRAMES)
    ms.push(performance.now() - startMs)
  }
  return figuresOf(hash >>> 0, ms)
}

const tables = (): Uint8Array => {
  const decoded = new Int16Array(256)
  decodeInto('PCMU', Uint8Array.from(decoded.keys()), decoded)
  const encoded = new Uint8Array(65_536)
  encodeInto('PCMU', Int16Array.from(encoded.keys()), encoded)
  return Buffer.concat([new Uint8Array(decoded.buffer), encoded])
}

/** Undefined where there is no compiler. */
const buildC = (folder: string): string | undefined => {
  const program = join(folder, 'mixer')
  const source = join(import.meta.dirname, 'mixer', 'mixer.c')
  const { error, status } = spawnSync('gcc', ['-O3', '-Wall', '-Wextra', '-o', program, source], {
    stdio: 'inherit',
  })
  if (error) return undefined
  if (status !== 0) throw new Error('gcc could not build mixer.c')
  return program
}

const mixInC = (program: string, input: string, { legs, roomRate }: Case): Figures => {
  const args = [input, legs, roomRate, WARM_TICKS, TICKS].map(String)
  const output = execFileSync(program, args, { maxBuffer: 2 ** 26 })
  const [hash = 0, ...nanoseconds] = output.toString().trim().split('\n').map(Number)
  return figuresOf(
    hash,
    nanoseconds.map((ns) => ns / 1e6),
  )
}

const best = (runs: readonly Figures[]): Figures =>
  runs.reduce((least, run) => (run.p50 < least.p50 ? run : least))

const cell = (value: string | number, width: number): string =>
  (typeof value === 'number' ? value.toFixed(3) : value).padStart(width)

const measure = async (one: Case, folder: string, program: string | undefined) => {
  const packets = packetsOf(one)
  const input = join(folder, 'input')
  const isComparable = rateOf(one.codec) === one.roomRate
  if (program && isComparable) await writeFile(input, Buffer.concat([tables(), ...packets.flat()]))
  const [own, c]: [Figures[], Figures[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(mixHere(one, packets))
    if (program && isComparable) c.push(mixInC(program, input, one))
  }
  const ours = best(own)
  const theirs = c.length > 0 ? best(c) : undefined
  if (theirs && theirs.hash !== ours.hash)
    throw new Error('C and the engine heard different samples')
  console.log(
    cell(`${one.legs}`, 5),
    cell(`${one.codec} in ${one.roomRate / 1000} kHz`, 14),
    cell(`${one.talking}`, 8),
    cell(ours.p50, 9),
    cell(ours.p99, 9),
    cell(theirs?.p50 ?? '–', 9),
    cell(theirs?.p99 ?? '–', 9),
    cell(theirs ? (ours.p50 / theirs.p50).toFixed(1) : '–', 6),
  )
}

await withFolder(async (folder) => {
  const program = buildC(folder)
  if (!program) console.log('C was not run: there is no gcc here')
  const load = () => loadavg()[0]?.toFixed(2) ?? ''
  console.log(`ms per tick of 20 ms; ${availableParallelism()} cores, load ${load()}`)
  console.log(' legs  codec, room   talking      p50      p99     C p50     C p99  ratio')
  for (const codec of ['PCMU', 'L16'] as const) {
    for (const legs of [100, 500, 1000]) {
      for (const talking of [0, 3, legs]) {
        await measure({ legs, codec, roomRate: rateOf(codec), talking }, folder, program)
      }
    }
  }
  for (const talking of [3, 1000]) {
    await measure({ legs: 1000, codec: 'PCMU', roomRate: 16_000, talking }, folder, program)
  }
  console.log(`load ${load()}`)
})
