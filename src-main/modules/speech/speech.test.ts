import { afterAll, describe, expect, it } from 'vitest'
import { AppError, isAbort } from '../../platform/errors.ts'
import { silentLog } from '../../platform/log.ts'
import { createProcesses } from '../../platform/process/process.ts'
import { createScope } from '../../platform/scope.ts'
import { createAudio } from '../audio/audio.ts'
import { createEspeak } from './espeak.ts'
import { createSpeech, type SpeechEngine } from './speech.ts'

const scope = createScope('test')
const processes = createProcesses({ scope, log: silentLog })
const audio = createAudio({ processes, log: silentLog })
afterAll(() => scope.dispose())

const espeak = createEspeak({ processes })
const speech = createSpeech({ engine: espeak, log: silentLog })
const { found } = await espeak.tool()

const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await work.catch((caught: unknown) => caught)
  if (!(error instanceof AppError)) throw new Error(`no refusal: ${String(error)}`)
  return error
}

const failing = (error: Error): SpeechEngine => ({
  name: 'failing',
  speak: () => Promise.reject(error),
  tool: () => Promise.resolve({ name: 'failing', found: true }),
})

describe.runIf(found)('speech by espeak-ng', () => {
  it('speaks a wav file with a true header', async () => {
    const wav = await speech.speak('Please hold the line.', 'female/en-US')

    expect(wav.toString('latin1', 0, 4)).toBe('RIFF')
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44)
  })

  it('is audible, mono and of a believable length', async () => {
    const facts = await audio.probe(await speech.speak('Please hold the line.', 'female/en-US'))

    expect(facts).toMatchObject({
      playable: true,
      container: 'wav',
      sample_rate_hz: 22_050,
      channels: 1,
      bits: 16,
    })
    expect(facts.duration_ms).toBeGreaterThan(800)
    expect(facts.duration_ms).toBeLessThan(3000)
    expect(facts.rms_dbfs).toBeGreaterThan(-35)
  })

  it('speaks longer texts longer', async () => {
    const duration = async (text: string) =>
      (await audio.probe(await speech.speak(text, 'male/en-GB'))).duration_ms ?? 0

    expect(await duration('one two three four five six')).toBeGreaterThan(
      1.5 * (await duration('one two')),
    )
  })

  it.each([
    ['female/zh-CN', '你好'],
    ['female/ja-JP', 'こんにちは'],
    ['male/ru-RU/Vladimir', 'Здравствуйте'],
    ['tr-TR-Standard-A', 'Günaydın'],
    ['de-DE-Wavenet-B', 'Grüße, „Anführung“ & <b>mehr</b>'],
  ])('speaks %s', async (voice, text) => {
    const facts = await audio.probe(await speech.speak(text, voice))

    expect(facts.playable).toBe(true)
    expect(facts.duration_ms).toBeGreaterThan(300)
    expect(facts.peak_dbfs).toBeGreaterThan(-20)
  })

  it('gives men and women different voices', async () => {
    const woman = await speech.speak('Good morning', 'female/en-US')
    const man = await speech.speak('Good morning', 'male/en-US')

    expect(woman.equals(man)).toBe(false)
  })

  it('takes text that looks like an option, or has control characters, as text', async () => {
    const facts = await audio.probe(await speech.speak('--version\0 -w x\x07', 'female/en-US'))

    expect(facts.duration_ms).toBeGreaterThan(500)
  })

  it('speaks a text of ten thousand characters', async () => {
    const wav = await speech.speak('Hello you. '.repeat(909), 'female/en-US')

    expect((await audio.probe(wav)).duration_ms).toBeGreaterThan(300_000)
  })

  it('stops when it is cancelled', async () => {
    const controller = new AbortController()
    const text = 'Hello you. '.repeat(900)
    const work = speech.speak(text, 'female/en-US', controller.signal).then((wav) => wav.length)

    controller.abort()

    await expect(work).rejects.toSatisfy(isAbort)
  })

  it('tells its version', async () => {
    expect(await speech.tool()).toMatchObject({ name: 'espeak-ng', found: true })
    expect((await speech.tool()).version).toMatch(/^\d+\.\d+/)
  })

  it('passes on what the engine says of a voice it does not have', async () => {
    const work = espeak.speak({ text: 'hi', engineVoice: 'xx' })

    await expect(work).rejects.toThrow(/voice does not exist.* Try another voice/)
  })
})

describe('refusals', () => {
  it.each(['', '   ', '\n\t\0'])('refuses to say nothing (%j)', async (text) => {
    const error = await refusalOf(speech.speak(text, 'female/en-US'))

    expect(error.code).toBe('speech_failed')
    expect(error.message).toContain('nothing to say. Enter a text.')
  })

  it('refuses a text that is too long, and says how long it may be', async () => {
    const error = await refusalOf(speech.speak('x'.repeat(10_001), 'female/en-US'))

    expect(error.message).toContain('The text has 10001 characters. Shorten it to 10,000 or fewer.')
    expect(error.message.length).toBeLessThan(200)
  })

  it('refuses a voice it does not know', async () => {
    const error = await refusalOf(speech.speak('hi', 'robot/en-US'))

    expect(error).toMatchObject({
      code: 'speech_failed',
      message: 'There is no voice robot/en-US.',
    })
  })

  it('says what happened, to what, and what to do when the engine is missing', async () => {
    const engine = createEspeak({ processes, espeakCommand: () => '/nowhere/espeak-ng' })
    const missing = createSpeech({ engine, log: silentLog })

    const error = await refusalOf(missing.speak('Please hold', 'female/en-US'))

    expect(error.code).toBe('speech_failed')
    expect(error.message).toMatch(
      /^“Please hold” could not be spoken as female\/en-US\. .*not installed \(looked for \/nowhere\/espeak-ng\)\. Install it with: /,
    )
    expect(await missing.tool()).toMatchObject({ name: 'espeak-ng', found: false })
    expect((await missing.tool()).hint).toContain('Install it with')
  })

  it('refuses when any engine fails', async () => {
    const broken = createSpeech({ engine: failing(new Error('The line broke.')), log: silentLog })

    const error = await refusalOf(broken.speak('hello  \n you', 'female/en-US'))

    expect(error.code).toBe('speech_failed')
    expect(error.message).toBe('“hello you” could not be spoken as female/en-US. The line broke.')
  })

  it('passes a cancellation through', async () => {
    const abort = Object.assign(new Error('stop'), { name: 'AbortError' })
    const cancelled = createSpeech({ engine: failing(abort), log: silentLog })

    await expect(cancelled.speak('hello', 'female/en-US')).rejects.toBe(abort)
  })
})

it('tells which voice speaks for which', () => {
  expect(speech.mappings()).toHaveLength(105)
})
