/**
 * Text spoken as audio. Owns the choice of an engine's voice for each voice of the media schema;
 * the engine itself is a port. What is done with the audio is the caller's business.
 */
import type { Tool, VoiceMapping } from '#contract/studio'
import type { Log } from '../../platform/log.ts'

/** What a speech engine has to offer. */
export type SpeechEngine = {
  name: string
  /** A wav file. Rejects with an Error that says what went wrong, or an AbortError. */
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
  /** Refuses with `speech_failed` when the engine cannot. */
  speak: (text: string, voice: string, signal?: AbortSignal) => Promise<Buffer>
  mappings: () => VoiceMapping[]
  tool: () => Promise<Tool>
}

export const createSpeech = ({ engine }: { engine: SpeechEngine; log: Log }): Speech => ({
  speak: (text, voice, signal) => engine.speak({ text, engineVoice: voice, signal }),
  mappings: () => [],
  tool: engine.tool,
})
