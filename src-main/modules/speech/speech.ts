/**
 * Text spoken as audio. Owns the choice of an engine's voice for each voice of the media schema;
 * the engine itself is a port. What is done with the audio is the caller's business.
 */
import type { Tool, VoiceMapping } from '#contract/studio'
import { AppError, isAbort } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import { voiceMappings } from './voices.ts'

/** What a speech engine has to offer. */
export type SpeechEngine = {
  name: string
  /** A wav file. Rejects with an Error that says what happened and what to do, or an AbortError. */
  speak: (request: SpeechRequest) => Promise<Buffer>
  tool: () => Promise<Tool>
}

export type SpeechRequest = {
  text: string
  /** In the engine's own terms. */
  engineVoice: string
  signal?: AbortSignal | undefined
}

export type Speech = {
  /** A wav file. Refuses with `speech_failed` when the engine cannot. */
  speak: (text: string, voice: string, signal?: AbortSignal) => Promise<Buffer>
  /** Which engine voice speaks for each voice. */
  mappings: () => VoiceMapping[]
  tool: () => Promise<Tool>
}

const SHOWN = 40

const shortened = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN - 1).trimEnd()}…`
}

const refusal = (what: string, voice: string): AppError =>
  new AppError('speech_failed', { message: what, cause: voice })

export const createSpeech = ({ engine, log }: { engine: SpeechEngine; log: Log }): Speech => {
  const engineVoices = new Map<string, string>(
    voiceMappings.map((mapping) => [mapping.voice, mapping.engine_voice]),
  )
  return {
    speak: async (text, voice, signal) => {
      const engineVoice = engineVoices.get(voice)
      if (engineVoice === undefined) throw refusal(`There is no voice ${voice}.`, voice)
      try {
        return await engine.speak({ text, engineVoice, signal })
      } catch (error) {
        if (isAbort(error)) throw error
        const reason = error instanceof Error ? error.message : String(error)
        log.warn('speech failed', { engine: engine.name, voice, engineVoice, error })
        throw refusal(`“${shortened(text)}” could not be spoken as ${voice}. ${reason}`, voice)
      }
    },
    mappings: () => [...voiceMappings],
    tool: engine.tool,
  }
}
