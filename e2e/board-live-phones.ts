import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Heard } from '../src-main/engine/test/hearing.ts'
import { marksOf } from '../src-main/modules/conferences/test/voices.ts'
import { startBaresip, type Baresip } from '../src-main/test/baresip.ts'
import { growingWav } from '../src-main/test/growing-wav.ts'
import { wavOf } from '../src-main/test/wav-of.ts'
import { root } from './hosts/backend-process.ts'

/** What can be heard, told apart by pitch. No multiple of one is near another. */
export const hz = {
  nora: 440,
  carl: 697,
  ann: 1040,
  jingle: 1700,
  locked: 2450,
  desk: 2900,
} as const
export type Voice = keyof typeof hz

const voices = Object.keys(hz) as Voice[]

/** Said for `saysMs`, then nothing until `everyMs`: longer than the engine holds somebody for talking. */
const saysMs = 500
const everyMs = 1800
/** Contains something of whoever talks. */
const stretchMs = everyMs + 200
const rate = 8000
/** Longer than a journey: at the end of it the phone hangs up. */
const speechS = 400

/** A tone with pauses, as people make them. */
const speech = (pitch: number): Buffer =>
  wavOf(
    Int16Array.from({ length: speechS * rate }, (_, i) => {
      const ms = (i % ((rate * everyMs) / 1000)) / (rate / 1000)
      // Without clicks, which are heard at every pitch.
      const level = Math.max(0, Math.min(1, ms / 20, (saysMs - ms) / 20))
      return Math.round(8000 * level * Math.sin((2 * Math.PI * pitch * i) / rate))
    }),
    { channels: 1 },
  )

/** Who is heard at all; one that is neither there nor gone has a question mark. What clicks is heard at every pitch. */
export const voicesIn = (heard: Heard): string[] =>
  voices.flatMap((voice) => {
    const marks = marksOf(heard, hz[voice])
    if (marks.includes('x')) return [voice]
    return marks.includes('???') ? [`${voice}?`] : []
  })

/** A real phone with a voice of its own, which writes down what it hears. */
export type LivePhone = Pick<Baresip, 'happened' | 'hangUp' | 'quit' | 'said'> & {
  /** Calls a number, and resolves once that is answered. */
  call: (number: string) => Promise<void>
  /** How many calls it was in. */
  calls: () => Promise<number>
  /** Who is heard in its last call, from now on and for longer than anybody pauses. */
  hears: () => Promise<string[]>
  /** The same, until `done` resolves. */
  hearsUntil: (done: () => Promise<unknown>) => Promise<string[]>
}

export type LivePhoneOptions = {
  voice: 'nora' | 'carl' | 'ann'
  displayName: string
  username: string
  password: string
  /** `127.0.0.1:5060`. */
  sip: string
  /** A folder for its sounds. */
  folder: string
}

/** Registers, and answers when it is called. Nora never pauses: hers is the noisy line. */
export const startLivePhone = async (options: LivePhoneOptions): Promise<LivePhone> => {
  const { voice, displayName, username, password, sip, folder } = options
  const record = join(folder, voice)
  await mkdir(record, { recursive: true })
  const says = join(folder, `${voice}.wav`)
  if (voice !== 'nora') await writeFile(says, speech(hz[voice]))
  const phone = await startBaresip(
    `"${displayName}" <sip:${username}@${sip}>;auth_pass=${password};regint=60;answermode=auto`,
    { record, ...(voice === 'nora' ? { toneHz: hz.nora } : { says }) },
  )
  const ear = async () => growingWav(await phone.heard())
  return {
    ...phone,
    call: (number) => phone.dial(`sip:${number}@${sip}`),
    calls: async () => (await readdir(record)).filter((name) => name.endsWith('-dec.wav')).length,
    hears: async () => voicesIn(await (await ear()).listen(stretchMs)),
    hearsUntil: async (done) => {
      const { now, between, listen } = await ear()
      const from = await now()
      await done()
      // What was sent before is on its way.
      await listen(400)
      return voicesIn(await between(from, await now()))
    },
  }
}

export type Crowd = {
  /** Resolves with the exit code once everybody was hung up: 0. */
  ended: Promise<number | null>
  stop: () => Promise<void>
}

/** Callers who are silent, and stay until they are hung up. */
export const startCrowd = async (sip: string, people: number, folder: string): Promise<Crowd> => {
  await writeFile(join(folder, 'silence.ulaw'), Buffer.alloc(rate, 0xff))
  const scenario = join(root, 'e2e/board-live-crowd.xml')
  const count = ['-r', '20', '-m', String(people), '-l', String(people)]
  const args = [sip, '-sf', scenario, '-s', '4000', '-i', '127.0.0.1', ...count, '-nostdin']
  const child = spawn('sipp', args, { cwd: folder, stdio: 'ignore' })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return {
    ended,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}
