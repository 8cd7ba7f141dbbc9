import { chmod, readFile, truncate, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EditList } from '#contract/edit-list'
import type { Effect } from '#contract/effects'
import { createRenderBench, sine, type RenderBench } from '../../test/render-bench.ts'
import { isAlive, startWaiting, until } from '../../test/tools.ts'
import { AppError, isAbort, ToolError } from '../../platform/errors.ts'
import { silentLog } from '../../platform/log.ts'
import { createProcesses } from '../../platform/process/process.ts'
import { createScope } from '../../platform/scope.ts'

let bench: RenderBench
beforeEach(async () => {
  bench = await createRenderBench()
})
afterEach(() => bench.dispose())

/** A program that stands for sox: asked for help it knows wav, else it runs the script. */
const standIn = async (script: string): Promise<string> => {
  const path = bench.path('stand-in')
  const help = `case "$1" in --help*) echo "SoX v1"; echo "AUDIO FILE FORMATS: wav"; exit 0;; esac`
  // The name of the file is the last word before the effects, of which these tests have none.
  await writeFile(path, `#!/bin/sh\n${help}\nfor out; do :; done\n${script}\n`)
  await chmod(path, 0o755)
  return path
}
const hours = (list: EditList): EditList => ({
  ...list,
  spans: [...list.spans, { frames: 200_000_000, layers: [] }],
})
const leftOver = async () => (await bench.files()).filter((name) => name !== 'stand-in')

const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

const failWith = async (script: string, more: { hours?: boolean } = {}) => {
  const command = await standIn(script)
  const rendering = bench.renderingWith({ soxCommand: () => command })
  const list = await bench.list(8000, sine(440))
  const path = bench.path('out.wav')
  return failureOf(rendering.render({ list: more.hours ? hours(list) : list, path }))
}

describe('when sox cannot do it', () => {
  it('says that sox is missing', async () => {
    const rendering = bench.renderingWith({ soxCommand: () => '/nowhere/sox' })
    const list = await bench.list(8000, sine(440))

    for (const work of [
      rendering.render({ list, path: bench.path('out.wav') }),
      rendering.preview({ list }),
      rendering.formats(),
    ]) {
      const error = await failureOf(work)
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code: 'tool_missing', message: /not installed/ })
    }
  })

  it('says what sox said that dies half-way, and leaves nothing', async () => {
    const error = await failWith(
      `head -c 100000 >"$out"; echo "sox FAIL gain: the gain broke" >&2; echo "sox WARN x: y" >&2; exit 2`,
      { hours: true },
    )

    expect(error).toBeInstanceOf(ToolError)
    expect(error).toMatchObject({ message: 'sox: gain: the gain broke', exitCode: 2 })
    expect(await leftOver()).toEqual([])
  })

  it('believes what sox says and not its exit code', async () => {
    const error = await failWith(`cat >"$out"; echo "sox FAIL compand: flowed asymmetrically" >&2`)

    expect(error).toMatchObject({ message: 'sox: compand: flowed asymmetrically' })
    expect(await leftOver()).toEqual([])
  })

  it('says that the disk is full', async () => {
    const error = await failWith(
      `cat >"$out"; echo "sox FAIL sox: 'x' error writing output file: No space left on device" >&2`,
    )

    expect(error).toMatchObject({ code: 'insufficient_storage' })
    expect(await leftOver()).toEqual([])
  })

  it('looks itself whether the disk is full', async () => {
    const rendering = bench.renderingWith({ free: () => Promise.resolve(4096) })
    const list = await bench.list(8000, sine(440))

    const error = await failureOf(rendering.render({ list, path: bench.path('out.wav') }))

    expect(error).toMatchObject({ code: 'insufficient_storage' })
    expect(await leftOver()).toEqual([])
  })

  it('looks itself when sox says nothing that tells it', async () => {
    const command = await standIn(
      `head -c 100 >"$out"; echo "sox FAIL sox: write failed" >&2; exit 2`,
    )
    const free = () => Promise.resolve(4096)
    const rendering = bench.renderingWith({ free, soxCommand: () => command })
    const list = await bench.list(8000, sine(440))

    const error = await failureOf(rendering.render({ list, path: bench.path('out.wav') }))

    expect(error).toMatchObject({ code: 'insufficient_storage' })
    expect(await leftOver()).toEqual([])
  })

  it('is killed', async () => {
    const error = await failWith(`head -c 100000 >"$out"; kill -9 $$`, { hours: true })

    expect(error).toMatchObject({ message: 'sox: was killed by SIGKILL' })
    expect(await leftOver()).toEqual([])
  })
})

describe('cancelling', () => {
  it('stops sox and leaves what was there before', async () => {
    const command = await standIn(`echo $$ >"${bench.path('pid')}"; cat >"$out"`)
    const rendering = bench.renderingWith({ soxCommand: () => command })
    const list = hours(await bench.list(8000, sine(440)))
    const path = bench.path('out.wav')
    await writeFile(path, 'before')
    const controller = new AbortController()
    let share = 0
    const onProgress = (now: number) => (share = now)

    const work = failureOf(rendering.render({ list, path, onProgress, signal: controller.signal }))
    await until(() => share > 0.01)
    controller.abort()

    expect(await work).toSatisfy(isAbort)
    expect(share).toBeLessThan(1)
    expect((await leftOver()).sort()).toEqual(['out.wav', 'pid'])
    expect(isAlive(Number(await readFile(bench.path('pid'), 'utf8')))).toBe(false)
    expect(await readFile(path, 'utf8')).toBe('before')
  })

  it('ends looking for sound', async () => {
    const list = hours(await bench.list(8000, sine(440)))
    const controller = new AbortController()
    const trim = { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 0, tail_ms: 0 } as const

    const work = bench.rendering.render({
      list,
      effects: [trim],
      path: bench.path('out.wav'),
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })

    expect(await failureOf(work)).toSatisfy(isAbort)
    expect(await leftOver()).toEqual([])
  })
})

describe('progress', () => {
  it('rises to 1 over all runs', async () => {
    const list = await bench.list(200_000, sine(440))
    const trim = { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 0, tail_ms: 0 } as const
    const shares: number[] = []

    await bench.rendering.render({
      list,
      effects: [trim],
      path: bench.path('out.wav'),
      onProgress: (share) => shares.push(share),
    })

    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.some((share) => share > 0.3 && share < 0.7)).toBe(true)
    expect(shares.at(-1)).toBe(1)
    expect(Math.max(...shares)).toBe(1)
  })
})

describe('what cannot be rendered', () => {
  it.each([
    [{ from: 10, to: 5 }, 'to'],
    [{ from: 0, to: 8001 }, 'to'],
  ])('is refused: frames %o of 8000', async (range, path) => {
    const list = await bench.list(8000, sine(440))

    const error = await failureOf(
      bench.rendering.render({ list, ...range, path: bench.path('out.wav') }),
    )

    expect(error).toMatchObject({ code: 'validation' })
    expect(Object.keys((error as AppError).details.data as object)).toEqual([path])
  })

  it('is refused: a source of another format', async () => {
    const list = await bench.list(8000, sine(440))

    const error = await failureOf(
      bench.rendering.render({
        list: { ...list, sample_rate_hz: 16_000 },
        path: bench.path('out.wav'),
      }),
    )

    expect(error).toMatchObject({ code: 'validation' })
  })

  it('is refused: layers outside their source', async () => {
    const list = await bench.list(8000, sine(440))
    const spans = list.spans.map((span) => ({ ...span, frames: 9000 }))

    const error = await failureOf(bench.rendering.preview({ list: { ...list, spans } }))

    expect(error).toMatchObject({
      details: { data: { 'list.spans.0.layers.0.in': { maximum: expect.anything() as unknown } } },
    })
  })

  it('fails: a source that has lost its samples', async () => {
    const list = await bench.list(8000, sine(440))
    const { path } = await bench.pcm(Object.keys(list.sources)[0] ?? '')
    await truncate(path, 100)

    const error = await failureOf(bench.rendering.render({ list, path: bench.path('out.wav') }))

    expect(String(error)).toContain('ends before the frames')
    expect(await leftOver()).toEqual([])
  })
})

describe('a preview', () => {
  it('does not wait for files that are being written', async () => {
    const list = await bench.list(8000, sine(440))
    const scope = createScope('busy')
    const busy = createProcesses({ scope, log: silentLog, concurrency: 1 })
    const rendering = bench.renderingWith({ processes: busy })
    const { work } = await startWaiting(busy.run)
    const effects: Effect[] = [
      { kind: 'noise_reduction', amount: 0.1, profile: { from: 0, to: 80 } },
      { kind: 'silence_trim', threshold_dbfs: -96, head_ms: 0, tail_ms: 0 },
    ]

    await expect(rendering.preview({ list, effects })).resolves.toBeInstanceOf(Buffer)
    expect(busy.stats().running).toBe(1)

    await scope.dispose()
    await expect(work).rejects.toSatisfy(isAbort)
  })

  it('is a wav of 32-bit samples with a right header', async () => {
    const list = await bench.list(8000, sine(440), { channels: 2 })

    const wav = await bench.rendering.preview({
      list,
      from: 1000,
      to: 5000,
      effects: [{ kind: 'speed', factor: 2 }],
    })
    const path = bench.path('preview.wav')
    await writeFile(path, wav)

    expect(wav.length).toBe(44 + 2000 * 8)
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
    expect(await bench.hear(path)).toMatchObject({ frames: 2000, channels: 2, sampleRateHz: 8000 })
  })

  it('refuses more than 30 seconds, and more than fits into memory', async () => {
    const list = hours(await bench.list(8000, sine(440)))
    const more = [
      { list },
      {
        list,
        to: 240_000,
        effects: [
          { kind: 'resample', sample_rate_hz: 768_000 } as const,
          { kind: 'channels', channels: 24 } as const,
        ],
      },
    ]

    for (const request of more)
      expect(await failureOf(bench.rendering.preview(request))).toMatchObject({
        details: { data: { to: { maximum: expect.anything() as unknown } } },
      })
  })
})
