import { afterAll, describe, expect, it } from 'vitest'
import { voices } from '#contract/voices'
import { silentLog } from '../../platform/log.ts'
import { createProcesses } from '../../platform/process/process.ts'
import { createScope } from '../../platform/scope.ts'
import { createEspeak } from './espeak.ts'
import { voiceMappings } from './voices.ts'

const scope = createScope('test')
const processes = createProcesses({ scope, log: silentLog })
afterAll(() => scope.dispose())

const espeak = await createEspeak({ processes }).tool()

const listed = async (option: string): Promise<string[][]> => {
  const request = { tool: 'espeak-ng', command: 'espeak-ng', args: [option], deadlineMs: 10_000 }
  const { stdout } = await processes.run(request)
  const lines = stdout.toString().trim().split('\n').slice(1)
  return lines.map((line) => line.trim().split(/\s+/))
}

const find = (voice: string) => voiceMappings.find((mapping) => mapping.voice === voice)

describe('voiceMappings', () => {
  it('knows all 105 voices of the schema, in their order', () => {
    expect(voiceMappings.map((mapping) => mapping.voice)).toEqual(voices)
    expect(voiceMappings).toHaveLength(105)
  })

  it.each([
    ['female/en-US', 'en-US', 'female', 'en-us+f3'],
    ['male/en-GB', 'en-GB', 'male', 'en-gb+m3'],
    ['female/us-US', 'en-US', 'female', 'en-us+f3'],
    ['male/ru-RU/Vladimir', 'ru-RU', 'male', 'ru+m1'],
    ['female/ru-RU/Julia', 'ru-RU', 'female', 'ru+f1'],
    ['male/zh-CN', 'zh-CN', 'male', 'cmn+m3'],
    ['female/zh-HK', 'zh-HK', 'female', 'yue+f3'],
    ['female/zh-TW', 'zh-TW', 'female', 'cmn+f3'],
    ['female/es-US', 'es-US', 'female', 'es-419+f3'],
    ['en-US-Wavenet-A', 'en-US', 'male', 'en-us+m4'],
    ['en-US-Standard-C', 'en-US', 'female', 'en-us+f2'],
    ['de-DE-Wavenet-A', 'de-DE', 'female', 'de+f4'],
    ['fr-CA-Standard-D', 'fr-CA', 'male', 'fr-fr+m2'],
  ])('speaks %s', (voice, language, gender, engineVoice) => {
    expect(find(voice)).toEqual({
      voice,
      language,
      gender,
      engine: 'espeak-ng',
      engine_voice: engineVoice,
    })
  })

  it('tells the named voices of a language apart', () => {
    const russian = voiceMappings.filter(({ voice }) => voice.includes('/ru-RU'))

    expect(new Set(russian.map((mapping) => mapping.engine_voice)).size).toBe(russian.length)
  })

  it.runIf(espeak.found)('names only voices and variants espeak-ng has', async () => {
    const bases = (await listed('--voices')).map(([, language]) => language)
    const variants = (await listed('--voices=variant')).map((line) =>
      line.find((word) => word.startsWith('!v/'))?.slice(3),
    )

    for (const { engine_voice: voice } of voiceMappings) {
      const [base, variant] = voice.split('+')
      expect(bases).toContain(base)
      expect(variants).toContain(variant)
    }
  })
})
