import { afterAll, beforeAll, expect, it } from 'vitest'
import { account, startPlayback, type PlaybackBench } from '../../test/playback.ts'
import { tone } from '../../test/tone.ts'
import type { Audible } from './playback.ts'

let bench: PlaybackBench
let mine: string
beforeAll(async () => {
  bench = await startPlayback()
  const bytes = tone({ frequencyHz: 500, durationMs: 300 })
  mine = await bench.add(account, bytes)
  await bench.put('system', 'en-us', bytes)
  await bench.put(account, 'fr', bytes)
})
afterAll(() => bench.dispose())

const prompt = (promptId: string): Audible => ({ kind: 'prompt', promptId })
const media = (reference: string): Audible => ({ kind: 'media', reference })
const look = (items: readonly Audible[], language = 'fr-fr') =>
  bench.playback.look({ accountId: account, language, items })

it('sees what playing would find, and why it would not, in the same words', async () => {
  const items: Audible[] = [
    prompt('conf-welcome'),
    prompt('conf-nowhere'),
    ...[mine, 'conf-welcome', 'conf-nowhere', `/${'b'.repeat(32)}/x`, 'local_stream://moh'].map(
      media,
    ),
    ...['prompt://system_media/conf-welcome/en-us', 'tone_stream://%(9'].map(media),
    { kind: 'tones', text: '%(100,0,440)' },
    { kind: 'tones', text: '%(' },
    { kind: 'number', value: 3 },
    { kind: 'number', value: 10_000 },
  ]
  const { problems, release } = await bench.prepare(items)
  release()

  const seen = look(items).map(({ problem }) => problem)
  expect(seen.filter((problem) => problem !== undefined)).toHaveLength(7)
  expect(new Set(seen)).toEqual(new Set([undefined, ...problems.map(({ message }) => message)]))
})

it('tells in which language a prompt is heard', () => {
  const items = [prompt('conf-welcome'), media('conf-welcome'), media(mine)]
  expect(look(items)).toEqual([{ language: 'fr' }, { language: 'fr' }, {}])
  expect(look(items, 'de-de').map(({ problem, ...found }) => found)[0]).toEqual({
    language: 'en-us',
  })
})

it('asks nobody what a URL leads to, and decodes nothing', async () => {
  const before = [bench.soxRuns.length, await bench.files()]
  expect(look([media('http://127.0.0.1:9/nothing.wav'), prompt('conf-welcome')])).toHaveLength(2)
  expect(look([media('http://127.0.0.1:9/nothing.wav')])).toEqual([{}])
  expect([bench.soxRuns.length, await bench.files()]).toEqual(before)
})
