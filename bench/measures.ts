// Loudness, speech level and everything else that is measured, over 484 prompts: files/s in one thread
// and in all; time a sample; and the error against reference signals (EBU Tech 3341, ITU-T P.56).
// npm run bench -- measures [FOLDER]   (a folder of wav files; without it prompts are made up)
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { Measures } from '../src-main/contract/measures.ts'
import { createAudio, type StoredSamples } from '../src-main/modules/audio/audio.ts'
import { silentLog } from '../src-main/platform/log.ts'
import { forEachAtOnce } from '../src-main/platform/at-once.ts'
import { createProcesses } from '../src-main/platform/process/process.ts'
import { createScope } from '../src-main/platform/scope.ts'
import { createWorkers } from '../src-main/platform/workers/workers.ts'
import { createLoudness } from '../src-main/sound/levels/loudness.ts'
import { createMeter } from '../src-main/sound/levels/meter.ts'
import { createSpeechLevel } from '../src-main/sound/levels/speech-level.ts'
import { createCallerPath } from '../src-main/sound/telephone/caller-path.ts'
import { joined, nothing, sine, speechLike, stored } from '../src-main/test/signals.ts'
import { tone } from '../src-main/test/tone.ts'
import { withFolder } from './server.ts'

const prompts = 484
const block = 4096
const dbov = (rms: number) => rms + 10 * Math.log10(2)

type Push = (samples: Float64Array, count: number) => void

const inBlocks = (samples: Float64Array, push: Push) => {
  for (let from = 0; from < samples.length; from += block) {
    const part = samples.subarray(from, from + block)
    push(part, part.length)
  }
}
const speechLevel = (rate: number, samples: Float64Array) => {
  const meter = createSpeechLevel(rate)
  inBlocks(samples, meter.push)
  return meter.finish().level ?? Number.NaN
}
const loudness = (rate: number, samples: Float64Array, channels = 1) => {
  const meter = createLoudness(rate, channels)
  inBlocks(samples, (part, count) =>
    meter.push(
      Array.from({ length: channels }, () => part),
      count,
    ),
  )
  return meter.finish() ?? Number.NaN
}
const truePeak = (rate: number, samples: Float64Array) => {
  const meter = createMeter({ sampleRateHz: rate, channels: 1 })
  meter.push(stored(32, samples))
  return meter.finish().true_peak_dbtp ?? Number.NaN
}

const steps = (...parts: readonly (readonly [number, number])[]) =>
  joined(...parts.map(([peakDb, seconds]) => sine({ hz: 1000, rate: 48_000, seconds, peakDb })))

const showErrors = () => {
  const worst = (errors: readonly number[]) => Math.max(...errors.map(Math.abs)).toFixed(3)
  const cases = [
    steps([-23, 20]),
    steps([-33, 20]),
    steps([-36, 10], [-23, 60], [-36, 10]),
    steps([-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10]),
    steps([-26, 20], [-20, 20.1], [-26, 20]),
  ]
  const wanted = [-23, -33, -23, -23, -23]
  const gated = cases.map((signal, i) => loudness(48_000, signal, 2) - (wanted[i] ?? 0))
  const rates = [8000, 11_025, 16_000, 22_050, 44_100, 48_000]
  const byRate = rates.map(
    (rate) => loudness(rate, sine({ hz: 997, rate, seconds: 5, peakDb: -23 }), 2) + 23,
  )
  console.log(
    `loudness  Tech 3341 cases 1–5: ${worst(gated)} LU  at 8 to 48 kHz: ${worst(byRate)} LU`,
  )

  const toneAt = (rate: number, seconds: number) =>
    sine({ hz: 1000, rate, seconds, peakDb: dbov(-26) })
  const tones = rates.map((rate) => speechLevel(rate, toneAt(rate, 10)) + 26)
  const half = rates.map(
    (rate) => speechLevel(rate, joined(toneAt(rate, 10), nothing(rate, 10))) + 26,
  )
  const speech = speechLike({ rate: 8000, seconds: 10, rmsDb: -20 })
  const shifted = [-18, -12, -6, 3].map(
    (gain) =>
      speechLevel(
        8000,
        speech.map((value) => value * 10 ** (gain / 20)),
      ) -
      speechLevel(8000, speech) -
      gain,
  )
  console.log(
    `P.56      −26 dBov tone: ${worst(tones)} dB  half of it silence: ${worst(half)} dB  speech, moved by a gain: ${worst(shifted)} dB`,
  )

  const peaks = [
    [4, 0, 0.5, -6.02],
    [4, 45, 0.5, -6.02],
    [6, 60, 0.5, -6.02],
    [8, 67.5, 0.5, -6.02],
  ].map(([part = 4, phase = 0, peak = 1, expected = 0]) => {
    const options = { hz: 48_000 / part, rate: 48_000, seconds: 1, peakDb: 20 * Math.log10(peak) }
    const signal = sine({ ...options, phase: (phase * Math.PI) / 180 })
    const faded = signal.map((value, i) => value * Math.min(1, i / 4800, (47_999 - i) / 4800))
    return truePeak(48_000, faded) - expected
  })
  console.log(
    `true peak Tech 3341 cases 15–18: ${peaks.map((each) => each.toFixed(2)).join(' ')} dB`,
  )
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const showCosts = () => {
  for (const rate of [8000, 48_000]) {
    const samples = speechLike({ rate, seconds: 20, rmsDb: -20 })
    const whole = stored(16, samples)
    const heard = [new Float32Array(block)]
    const works: Record<string, () => void> = {
      'P.56': () => void speechLevel(rate, samples),
      loudness: () => void loudness(rate, samples),
      everything: () => {
        const meter = createMeter({ sampleRateHz: rate, channels: 1 })
        meter.push(whole)
        meter.finish()
      },
      'caller’s path': () => {
        const path = createCallerPath({ sampleRateHz: rate, channels: 1, law: 'ulaw' })
        inBlocks(samples, () => path.process(heard, heard))
      },
    }
    const costs = Object.entries(works).map(([name, work]) => {
      work()
      work()
      const startMs = cpuMs()
      for (let run = 0; run < 3; run += 1) work()
      return `${name} ${(((cpuMs() - startMs) * 1e6) / (3 * samples.length)).toFixed(0)}`
    })
    console.log(`${rate} Hz, ns of processor time a sample: ${costs.join('  ')}`)
  }
}

/** As many prompts of 1 to 6 seconds as a large pack has. */
const makePrompts = async (folder: string) => {
  await mkdir(join(folder, 'made'))
  const header = tone({ frequencyHz: 0, durationMs: 0 }).subarray(0, 44)
  const long = speechLike({ rate: 8000, seconds: 60, rmsDb: -20 })
  for (let index = 0; index < prompts; index += 1) {
    const from = (index * 911) % (50 * 8000)
    const samples = stored(16, long.subarray(from, from + 8000 * (1 + (index % 11) / 2)))
    const head = Buffer.from(header)
    head.writeUInt32LE(36 + samples.byteLength, 4)
    head.writeUInt32LE(samples.byteLength, 40)
    const bytes = Buffer.concat([head, new Uint8Array(samples.buffer)])
    await writeFile(join(folder, 'made', `${index}.wav`), bytes)
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const measureFolder = async (folder: string) => {
  const scope = createScope('bench')
  const audio = createAudio({
    processes: createProcesses({ scope, log: silentLog }),
    log: silentLog,
  })
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.wav'))
  const found: { path: string; stored: StoredSamples }[] = []
  for (const name of names) {
    const path = join(folder, name)
    const { stored: samples } = await audio.open(path)
    if (samples) found.push({ path, stored: samples })
  }
  const seconds = found.reduce((sum, { stored: s }) => sum + s.frames / s.sampleRateHz, 0)
  console.log(`${found.length} files, ${seconds.toFixed(0)} s of sound`)
  try {
    for (const threads of [1, availableParallelism()]) {
      const child = scope.child(`threads-${threads}`)
      const workers = createWorkers({ scope: child, log: silentLog, concurrency: threads })
      const results = new Map<string, Measures>()
      const measureAll = () =>
        forEachAtOnce(found, 2 * threads, async ({ path, stored: samples }) => {
          const input = { stored: { ...samples, path }, encoding: 'linear' }
          results.set(path, await workers.run<Measures>('measuring.stored', input))
        })
      await measureAll() // starts the threads
      const [startMs, startCpuMs] = [performance.now(), cpuMs()]
      await measureAll()
      const ms = performance.now() - startMs
      const busy = (cpuMs() - startCpuMs) / ms
      console.log(
        `${threads} ${threads === 1 ? 'thread' : 'threads'}: ${(found.length / (ms / 1000)).toFixed(0)} files/s, ${((seconds * 1000) / ms).toFixed(0)} × real time, ${busy.toFixed(1)} processors busy`,
      )
      if (threads > 1) showPacks(folder, results)
      await child.dispose()
    }
  } finally {
    await scope.dispose()
  }
}

const showPacks = (folder: string, results: ReadonlyMap<string, Measures>) => {
  const packs = Map.groupBy(results, ([path]) => relative(folder, dirname(path)))
  for (const [name, files] of packs) {
    const levels = files.flatMap(([, { active_level_dbov: level }]) => level ?? [])
    const apart = files.flatMap(([, { active_level_dbov: speech, loudness_lufs: loud }]) =>
      speech === null || loud === null ? [] : loud - speech,
    )
    const tails = files.map(([, { tail_silence_ms: tail }]) => tail)
    const clipped = files.filter(([, { clipping_runs: runs }]) => runs > 0).length
    console.log(
      `${name}: ${files.length} files, median ${median(levels).toFixed(1)} dBov (${Math.min(...levels).toFixed(1)} to ${Math.max(...levels).toFixed(1)}), loudness − speech level ${median(apart).toFixed(1)} dB, tail ${median(tails).toFixed(0)} ms, ${clipped} clipped`,
    )
  }
}

const folder = process.argv[2]
showErrors()
showCosts()
if (folder !== undefined) await measureFolder(folder)
else
  await withFolder(async (made) => {
    await makePrompts(made)
    await measureFolder(made)
  })
