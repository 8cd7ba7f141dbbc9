import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Take } from '#contract/batches'
import { startPackApp, type PackApi } from '../../test/pack.ts'
import type { TestApp } from '../../test/app.ts'
import { recording } from '../../test/utterance.ts'

let app: TestApp & PackApi
let source: string

const words = Array.from({ length: 20 }, (_, index) => ({
  ms: 400 + 20 * index,
  level: 0.2,
  frequencyHz: 300 + 20 * index,
}))

beforeAll(async () => {
  app = await startPackApp()
  const session = recording([{ ms: 900 }, ...words.flatMap((word) => [word, { ms: 900 }])])
  const { envelope } = await app.call('POST', '/studio/sources?name=session.wav', {
    body: session,
    headers: { 'content-type': 'audio/x-wav' },
  })
  source = envelope.data.id
})
afterAll(() => app.dispose())

const post = (path: string, data: object) => app.call('POST', path, { json: { data } })
const idOf = (number: number) => `vm-take_${number}`

it('finds the utterances of a session and makes prompts of them', async () => {
  const takes: Take[] = (await post('/studio/splits', { source })).envelope.data
  expect(takes.map(({ number }) => number)).toEqual(words.map((_, index) => index + 1))

  const { envelope } = await post('/studio/splits/assign', {
    source,
    language: 'RU-ru',
    takes: takes.map(({ from, to, number }) => ({ from, to, prompt_id: idOf(number) })),
  })
  const { status, result } = await app.ended(envelope.data.job_id)

  expect(status).toBe('done')
  expect(result.takes).toHaveLength(20)
  expect(result.takes[0]).toEqual({
    prompt_id: idOf(1),
    media_id: `ru-ru%2F${idOf(1)}`,
    outcome: 'added',
  })
  const path = `/v2/accounts/${app.accountId}/media/${encodeURIComponent(`ru-ru%2F${idOf(20)}`)}`
  const wav = (await app.call('GET', `${path}/raw`)).bytes
  // The last word with 100 ms before and 200 ms behind it, 8 kHz, 16 bits; it begins and ends at zero.
  const frames = (wav.length - 44) / 2
  expect(Math.abs(frames - ((words[19]?.ms ?? 0) + 300) * 8)).toBeLessThan(8 * 20)
  expect([wav.readInt16LE(44), wav.readInt16LE(wav.length - 2)]).toEqual([0, 0])
})

it('replaces what a prompt had before', async () => {
  const take = { from: 0, to: 8000, prompt_id: idOf(3) }
  const { envelope } = await post('/studio/splits/assign', {
    source,
    language: 'ru-ru',
    takes: [take],
  })

  const { result } = await app.ended(envelope.data.job_id)

  expect(result.takes[0]).toMatchObject({ outcome: 'replaced' })
})

it('refuses takes outside the session, one prompt for two of them, and unknown sessions', async () => {
  const assign = async (takes: object[], from = source) =>
    post('/studio/splits/assign', { source: from, language: 'ru-ru', takes })
  const first = { from: 0, to: 8000, prompt_id: 'vm-a' }

  const outside = await assign([{ ...first, to: 10_000_000 }])
  const double = await assign([first, { ...first, from: 100 }])
  const unknown = await assign([first], '0'.repeat(64))

  expect(outside.envelope.data).toHaveProperty(['takes.0.to', 'invalid'])
  expect(double.envelope.data).toHaveProperty(['takes.1.prompt_id', 'uniqueItems'])
  expect(unknown.status).toBe(404)
})
