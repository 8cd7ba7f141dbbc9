import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../platform/log.ts'
import {
  account,
  pitch,
  samplesOf,
  startPlayback,
  stranger,
  type PlaybackBench,
} from '../../test/playback.ts'
import { tone } from '../../test/tone.ts'
import { createSpeech } from '../speech/speech.ts'
import type { Audible } from './playback.ts'

let bench: PlaybackBench
beforeEach(async () => {
  bench = await startPlayback()
})
afterEach(() => bench.dispose())

const wav = (frequencyHz: number) => tone({ frequencyHz, durationMs: 500 })
const mediaOf = (reference: string): Audible => ({ kind: 'media', reference })
const problemTone = { kind: 'tones', text: expect.stringContaining('300') }

describe('references', () => {
  it('name media by id, in the account, then in the system library', async () => {
    const mine = await bench.add(account, wav(500))
    const common = await bench.add('system', wav(700))
    const all = [mine, `/${account}/${mine}`, common, `/system_media/${common}`, ` ${mine} `]

    const { items, problems } = await bench.prepare(all.map(mediaOf))

    expect(problems).toEqual([])
    expect(await Promise.all(items.map(pitch))).toEqual([500, 500, 700, 700, 500])
  })

  it('name prompts', async () => {
    await bench.put(account, 'fr', wav(500))
    await bench.put('system', 'fr-fr', wav(700))
    const { items, problems } = await bench.prepare(
      [
        'fr%2Fconf-welcome',
        `/${account}/fr%2Fconf-welcome`,
        `prompt://${account}/conf-welcome/fr`,
        'prompt://system_media/conf-welcome/fr-fr',
        '/system_media/fr-fr/conf-welcome',
      ].map(mediaOf),
      'en-us',
    )

    expect(problems).toEqual([])
    expect(await Promise.all(items.map(pitch))).toEqual([500, 500, 500, 700, 700])
  })

  it('may be tones and silence', async () => {
    const tones = 'v=-7;%(500,0,500.0)'
    const { items, problems } = await bench.prepare([
      mediaOf(`tone_stream://${tones}`),
      { kind: 'tones', text: tones },
      mediaOf('silence_stream://1500'),
      mediaOf('silence_stream://-1,1400'),
      { kind: 'file', path: bench.dataDir, rate: 16_000 },
    ])
    expect(problems).toEqual([])
    expect(items).toEqual([
      { kind: 'tones', text: tones },
      { kind: 'tones', text: tones },
      { kind: 'silence', ms: 1500 },
      { kind: 'silence', ms: 3_600_000 },
      { kind: 'pcm', path: bench.dataDir, rate: 16_000 },
    ])
  })

  it.each([
    ['', 'names nothing'],
    ['tone_stream://%(1', 'At character 2 the bracket is never closed'],
    ['silence_stream://long', 'silence_stream://MILLISECONDS'],
    ['local_stream://moh', 'use a media file'],
    ['vlc:///etc/passwd', 'Nothing is played from vlc://'],
    ['file:///etc/passwd', 'Nothing is played from file://'],
    ['/etc/passwd', 'another account'],
    ['/passwd', '/ACCOUNT/MEDIA_ID'],
    ['../../etc/passwd', 'no such media'],
    ['prompt://x', 'prompt://ACCOUNT/PROMPT_ID/LANGUAGE'],
    [`prompt://${stranger}/conf-welcome/fr-fr`, 'another account'],
    ['http://', 'no URL'],
    ['e'.repeat(32), 'no such media'],
  ])('like %j cannot be played, and say why', async (reference, message) => {
    const { item, problem } = await bench.only(mediaOf(reference))
    expect(item).toEqual(problemTone)
    expect(problem).toContain(message)
  })

  it('never lead to another account', async () => {
    const theirs = await bench.add(stranger, wav(500))
    expect((await bench.only(mediaOf(theirs))).item).toEqual(problemTone)
    expect((await bench.only(mediaOf(`/${stranger}/${theirs}`))).problem).toContain(
      'another account',
    )
  })

  it('say that a recording is gone', async () => {
    const gone: Audible = { kind: 'file', path: join(bench.dataDir, 'none'), rate: 8000 }
    expect(await bench.only(gone)).toMatchObject({
      problem: 'The file is not there.',
      item: problemTone,
    })
  })
})

describe('numbers', () => {
  it('are spoken once, in the language or its relative', async () => {
    const say = { kind: 'number', value: 42 } as const
    for (const language of ['fr-fr', 'fr', 'fr-ca', 'de']) {
      const { item, problems } = await bench.only(say, language)
      expect(problems).toEqual([])
      expect((await samplesOf(item)).length).toBeGreaterThan(2000)
    }
    expect(await bench.files()).toHaveLength(3)
    bench.soxRuns.length = 0
    await bench.only(say, 'fr-fr')
    expect(bench.soxRuns).toEqual([])
  })

  it.each([-1, 1.5, 10_000, NaN])('like %d are not said', async (value) => {
    const { item, problem } = await bench.only({ kind: 'number', value })
    expect(item).toEqual(problemTone)
    expect(problem).toContain('0 to 9999')
  })

  it('need a speech engine', async () => {
    await bench.dispose()
    const speech = createSpeech({
      log: silentLog,
      engine: {
        name: 'none',
        speak: () => Promise.reject(new Error('espeak-ng is not installed.')),
        tool: () => Promise.reject(new Error('none')),
      },
    })
    bench = await startPlayback({ speech })
    const { item, problem } = await bench.only({ kind: 'number', value: 7 }, 'en-us')
    expect(item).toEqual(problemTone)
    expect(problem).toContain('espeak-ng is not installed')
  })
})

describe('URLs', () => {
  const serve = async (listener: RequestListener) => {
    const server = createServer(listener).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    bench.scope.add(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no address')
    return `http://127.0.0.1:${address.port}`
  }

  it('are fetched once a minute, whatever the server calls what it sends', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked += 1
      response.writeHead(200, { 'content-type': 'text/html' }).end(wav(640))
    })
    const all = await Promise.all(
      Array.from({ length: 50 }, () => bench.prepare([mediaOf(`${url}/tone`)])),
    )

    expect(await pitch(all[49]!.items[0])).toBe(640)
    expect(asked).toBe(1)
  })

  it('that lead to a page give a tone and a reason without what is secret in them', async () => {
    const url = await serve((_request, response) => response.end('<html>Not here</html>'))
    const { port } = new URL(url)
    const secret = `http://me:geheim@127.0.0.1:${port}/a.wav?key=geheim#geheim`
    const { item, problems } = await bench.only(mediaOf(secret))

    expect(item).toEqual(problemTone)
    expect(problems).toEqual([
      { what: `${url}/a.wav?…`, message: expect.stringContaining('It cannot be') },
    ])
    expect(bench.lines.join()).toContain('/a.wav')
    expect(bench.lines.join()).not.toContain('geheim')
  })

  it('are asked again after they failed', async () => {
    let asked = 0
    const url = await serve((_request, response) => {
      asked += 1
      if (asked === 1) response.writeHead(503).end()
      else response.end(wav(640))
    })
    expect((await bench.only(mediaOf(url))).problem).toBe('The server answered 503.')
    expect(await pitch((await bench.only(mediaOf(url))).item)).toBe(640)
  })

  it('inside the network are refused unless that is allowed', async () => {
    const url = await serve((_request, response) => response.end(wav(640)))
    const port = new URL(url).port
    await bench.dispose()
    bench = await startPlayback({ allowPrivate: () => false })
    const { problem } = await bench.only(mediaOf(`http://localhost:${port}/`))
    expect(problem).toContain('inside this network')
  })
})
