import type { Tool } from '#contract/studio'
import { ToolError } from '../../platform/errors.ts'
import type { Processes } from '../../platform/process/process.ts'
import { remember } from '../../platform/process/remember.ts'
import { withTrueSizes } from '../audio/audio.ts'
import type { SpeechEngine, SpeechRequest } from './speech.ts'

const MOST_CHARACTERS = 10_000
const MOST_BYTES = 256 * 1024 * 1024
const DEADLINE_MS = 60_000
const QUICK_MS = 10_000
const TOOL_KEPT_MS = 60_000
const WAV_HEADER = 44

const installHints: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Install it with: brew install espeak-ng',
  win32: 'Install it with: winget install eSpeak-NG.eSpeak-NG',
}
const linuxHint = 'Install it with: sudo apt install espeak-ng (or: sudo dnf install espeak-ng)'
const installHint = installHints[process.platform] ?? linuxHint

const isMissing = (error: unknown): boolean =>
  error instanceof ToolError &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'ENOENT'

const explain = (error: unknown): unknown => {
  if (!(error instanceof ToolError)) return error
  const advice = isMissing(error) ? installHint : 'Try another voice, or another text.'
  return new Error(`${error.message}. ${advice}`, { cause: error })
}

/** What may be handed to the engine: control characters would end or garble what it reads. */
const readable = (text: string): string => {
  const spoken = text.replaceAll(/\p{Cc}/gu, (char) => (char === '\n' ? char : ' ')).trim()
  if (spoken === '') throw new Error('There is nothing to say. Enter a text.')
  if (text.length <= MOST_CHARACTERS) return spoken
  const limit = MOST_CHARACTERS.toLocaleString('en')
  throw new Error(`The text has ${text.length} characters. Shorten it to ${limit} or fewer.`)
}

/** Speech by espeak-ng: text goes in on stdin, and a wav file of 16 bits, one channel, comes out. */
export const createEspeak = (deps: {
  processes: Processes
  espeakCommand?: () => string
}): SpeechEngine => {
  const { processes, espeakCommand = () => 'espeak-ng' } = deps

  const say = async ({ text, engineVoice, signal }: SpeechRequest): Promise<Buffer> => {
    const { stdout } = await processes.run({
      tool: 'espeak-ng',
      command: espeakCommand(),
      args: ['--stdin', '-b', '1', '--stdout', '-v', engineVoice],
      input: Buffer.from(readable(text)),
      deadlineMs: DEADLINE_MS,
      maxStdoutBytes: MOST_BYTES,
      signal,
    })
    if (stdout.length <= WAV_HEADER) throw new Error('espeak-ng said nothing. Try another text.')
    return withTrueSizes(stdout)
  }

  const describe = async (command: string): Promise<Tool> => {
    const name = 'espeak-ng'
    try {
      const ask = { tool: name, command, args: ['--version'], deadlineMs: QUICK_MS }
      const said = (await processes.run({ ...ask, isAwaited: true })).stdout.toString()
      return { name, found: true, version: /(\d+(\.\d+)+\S*)/.exec(said)?.[1] ?? 'unknown' }
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      return { name, found: false, hint: `${error.message}. ${installHint}` }
    }
  }
  const tool = remember(TOOL_KEPT_MS, describe)

  return {
    name: 'espeak-ng',
    speak: (request) =>
      say(request).catch((error: unknown) => {
        throw explain(error)
      }),
    tool: () => tool(espeakCommand()),
  }
}
