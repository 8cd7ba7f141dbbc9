import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  account,
  pitch,
  samplesOf,
  startPlayback,
  stranger,
  type PlaybackBench,
} from '../../test/playback.ts'
import { tone } from '../../test/tone.ts'
import type { Audible } from './playback.ts'

let bench: PlaybackBench
beforeEach(async () => {
  bench = await startPlayback()
})
afterEach(() => bench.dispose())

const wav = (frequencyHz: number, durationMs = 500) => tone({ frequencyHz, durationMs })
const welcome = { kind: 'prompt', promptId: 'conf-welcome' } as const
const mediaOf = (reference: string): Audible => ({ kind: 'media', reference })
const problemTone = { kind: 'tones', text: expect.stringContaining('300') }

describe('prompts', () => {
  it('follow KAZOO: language, primary, account’s default, installation’s; account before system', async () => {
    await bench.dispose()
    bench = await startPlayback({ accountLanguage: () => 'de-de' })
    const steps = [
      ['system', 'en', 300],
      [account, 'en-us', 400],
      ['system', 'de-de', 500],
      ['system', 'fr', 600],
      [account, 'fr', 700],
      ['system', 'fr-fr', 800],
      [account, 'fr-fr', 900],
    ] as const
    for (const [library, language, hz] of steps) {
      await bench.put(library, language, wav(hz))
      await bench.put(stranger, 'fr-fr', wav(2000))
      const { item, problems } = await bench.only(welcome, 'FR-fr')
      expect([library, language, await pitch(item)]).toEqual([library, language, hz])
      expect(problems).toEqual([])
    }
  })

  it('of a compound language are those of its parts in their order', async () => {
    await bench.put('system', 'en-us', wav(400))
    await bench.put('system', 'fr', wav(600))
    expect(await pitch((await bench.only(welcome, 'fr-fr_en-us')).item)).toBe(600)
  })

  it('are heard as they were edited, with the next that is prepared', async () => {
    await bench.put(account, 'fr-fr', wav(500))
    expect(await pitch((await bench.only(welcome)).item)).toBe(500)
    await bench.put(account, 'fr-fr', wav(900))
    expect(await pitch((await bench.only(welcome)).item)).toBe(900)
  })

  it('that are missing give a low tone in their place, and a reason', async () => {
    await bench.put(account, 'en', wav(500), 'conf-alone')
    const prepared = await bench.prepare([welcome, { kind: 'prompt', promptId: 'conf-alone' }])

    expect(prepared.items).toEqual([problemTone, expect.objectContaining({ kind: 'pcm' })])
    expect(prepared.problems).toEqual([
      {
        what: 'conf-welcome',
        message: 'There is no such prompt in fr-fr, fr, en-us, en.',
      },
    ])
  })

  it('that are missing give a tone now and then where they are played again and again', async () => {
    const request = { accountId: account, language: 'en-us', rate: 8000, items: [welcome] } as const
    const { items } = await bench.playback.prepare({ ...request, loop: true })
    expect(items).toEqual([{ kind: 'tones', text: 'v=-13;%(200,9800,300)' }])
  })

  it('are meant by their bare id where a sound is named and no media has it', async () => {
    await bench.put('system', 'fr', wav(600))
    const named = mediaOf('conf-welcome')
    expect(await pitch((await bench.only(named)).item)).toBe(600)
    await bench.put(account, 'fr-fr', wav(900))
    expect(await pitch((await bench.only(named)).item)).toBe(900)
    expect(await pitch((await bench.only(mediaOf('/system_media/conf-welcome'))).item)).toBe(600)
    expect((await bench.only(mediaOf('conf-nothing'))).problem).toBe(
      'There is no such media with a file in it, and no such prompt in fr-fr, fr, en-us, en.',
    )
  })

  it('that are broken give way to the next in order, and that is told', async () => {
    await bench.put(account, 'fr-fr', Buffer.from('RIFF....WAVEnonsense'))
    await bench.put('system', 'en-us', wav(500))
    const { item, problem } = await bench.only(welcome)

    expect(await pitch(item)).toBe(500)
    expect(problem).toMatch(/^fr-fr\/conf-welcome of the account: It cannot be played: .+\.$/)
  })

  it('without a file are as good as missing', async () => {
    const input = { name: 'n', prompt_id: 'conf-welcome', language: 'fr-fr' }
    await bench.media.create(account, { ...input, media_source: 'upload', streamable: true }, 't')
    expect((await bench.only(welcome)).item).toEqual(problemTone)
  })
})

describe('files', () => {
  it.each([8000, 16_000] as const)(
    'are raw samples at %i Hz, as loud as they were',
    async (rate) => {
      const id = await bench.add(
        account,
        tone({ frequencyHz: 440, durationMs: 1000, sampleRateHz: 44_100, channels: 2, level: 0.5 }),
      )
      const { item } = await bench.only(mediaOf(id), 'en-us', rate)

      expect(item).toMatchObject({ kind: 'pcm', rate })
      const samples = await samplesOf(item)
      expect(Math.abs(samples.length - rate)).toBeLessThan(10)
      expect(await pitch(item)).toBe(440)
      expect(Math.max(...samples) / 16_384).toBeCloseTo(1, 2)
    },
  )

  it.each(['mp3', 'ogg', 'flac'])('may be %s', async (type) => {
    const id = await bench.add(account, await bench.encode(wav(440, 2000), type))
    const { item, problems } = await bench.only(mediaOf(id))
    expect(problems).toEqual([])
    expect(await pitch(item)).toBe(440)
    expect(Math.abs((await samplesOf(item)).length - 16_000)).toBeLessThan(1600)
  })

  it('are decoded once for a thousand who ask at once, and not again afterwards', async () => {
    await bench.put(account, 'fr-fr', wav(500, 3000))
    bench.soxRuns.length = 0
    const asked = Array.from({ length: 1000 }, () => bench.prepare([welcome]))
    const prepared = await Promise.all(asked)
    await bench.prepare([welcome])

    expect(new Set(prepared.map(({ items }) => JSON.stringify(items))).size).toBe(1)
    expect(bench.soxRuns).toHaveLength(1)
    expect(await bench.files()).toHaveLength(1)
  })

  it('are not heard in part when they end early, but whole as far as they go', async () => {
    const whole = wav(500, 2000)
    const id = await bench.add(account, whole.subarray(0, whole.length / 2))
    expect((await samplesOf((await bench.only(mediaOf(id))).item)).length).toBeGreaterThan(7900)
  })

  it('are heard though their header was never finished, and without what comes behind', async () => {
    const unfinished = wav(500, 1000)
    unfinished.writeUInt32LE(0, 40)
    const tagged = Buffer.concat([wav(500, 1000), Buffer.from('LIST\x04\0\0\0INFO')])
    for (const bytes of [unfinished, tagged]) {
      const id = await bench.add(account, bytes)
      expect(await samplesOf((await bench.only(mediaOf(id))).item)).toHaveLength(8000)
    }
  })

  it.each([
    ['text', Buffer.from('no audio at all')],
    ['a broken mp3', Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(99, 7)])],
    ['a broken flac', Buffer.from(`fLaC${'\0'.repeat(99)}`)],
    ['a wav without samples', wav(440).subarray(0, 44)],
  ])('with %s in them give a tone and a reason', async (_name, bytes) => {
    const id = await bench.add(account, bytes)
    const { item, problem, problems } = await bench.only(mediaOf(id))

    expect(item).toEqual(problemTone)
    expect(problem).toMatch(/^.*It cannot be (played|decoded).+\.$/)
    expect(problems).toHaveLength(1)
    expect(await bench.files()).toEqual([])
  })

  it('say that sox is missing', async () => {
    await bench.dispose()
    bench = await startPlayback({ soxCommand: () => '/nowhere/sox' })
    const id = await bench.add(account, wav(440))
    expect((await bench.only(mediaOf(id))).problem).toContain('sox is not installed')
  })

  it('stay while they are used, and go when there are too many, the oldest use first', async () => {
    await bench.dispose()
    // Three files of a second, 16,000 bytes each, are too many.
    bench = await startPlayback({ mostBytes: 40_000 })
    const ids = []
    for (const hz of [400, 500, 600]) ids.push(await bench.add(account, wav(hz, 1000)))
    const [first, second, third] = ids.map((id) => mediaOf(id))
    const held = await bench.prepare([first!])
    ;(await bench.prepare([second!])).release()
    ;(await bench.prepare([third!])).release()

    expect(await bench.files()).toHaveLength(2)
    expect(await pitch(held.items[0])).toBe(400)
    held.release()
    held.release()
    ;(await bench.prepare([second!])).release()
    expect(await bench.files()).toHaveLength(2)
    await expect(samplesOf(held.items[0])).rejects.toThrow('ENOENT')
    expect(await pitch((await bench.only(first!)).item)).toBe(400)
  })

  it('that were used lately stay longer than those that came lately', async () => {
    await bench.dispose()
    bench = await startPlayback({ mostBytes: 40_000 })
    const [first, second, third] = await Promise.all(
      [400, 500, 600].map(async (hz) => mediaOf(await bench.add(account, wav(hz, 1000)))),
    )
    for (const each of [first, second, first, third]) await bench.only(each!)
    bench.soxRuns.length = 0
    await bench.only(first!)
    expect(bench.soxRuns).toHaveLength(0)
    await bench.only(second!)
    expect(bench.soxRuns).toHaveLength(1)
  })

  it('of an earlier run are removed at the start', async () => {
    await writeFile(join(bench.folder, 'old.raw'), 'x')
    await bench.open()
    expect(await bench.files()).toEqual([])
  })
})

describe('giving up', () => {
  it('rejects when the signal is aborted, and leaves nothing in use', async () => {
    await bench.dispose()
    bench = await startPlayback({ mostBytes: 0 })
    await bench.put(account, 'fr-fr', wav(500, 3000))
    const abort = new AbortController()
    const work = bench.playback.prepare({
      ...{ accountId: account, language: 'fr-fr', rate: 8000, items: [welcome] },
      signal: abort.signal,
    })
    abort.abort()

    await expect(work).rejects.toMatchObject({ name: 'AbortError' })
    // The same file, for somebody who waits until it is made.
    await bench.only(welcome)
    expect(await bench.files()).toEqual([])
  })

  it('does not take the file from others who wait for it', async () => {
    await bench.put(account, 'fr-fr', wav(500, 3000))
    const abort = new AbortController()
    const request = { accountId: account, language: 'fr-fr', rate: 8000, items: [welcome] } as const
    const gone = bench.playback.prepare({ ...request, signal: abort.signal })
    const stays = bench.playback.prepare(request)
    abort.abort()

    await expect(gone).rejects.toMatchObject({ name: 'AbortError' })
    expect(await pitch((await stays).items[0])).toBe(500)
  })
})
