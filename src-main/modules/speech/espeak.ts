import type { Processes } from '../../platform/process/process.ts'
import type { SpeechEngine } from './speech.ts'

/** Speech by espeak-ng. */
export const createEspeak = (_deps: { processes: Processes }): SpeechEngine => ({
  name: 'espeak-ng',
  speak: () => Promise.reject(new Error('espeak-ng is not connected')),
  tool: () => Promise.resolve({ name: 'espeak-ng', found: false }),
})
