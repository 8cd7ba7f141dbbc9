import type { ConferenceDocument } from '#contract/conferences'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine, EngineEvent, PlayOptions, Rate } from '../../../../engine/port.ts'
import { createLog } from '../../../../platform/log.ts'
import { createScope } from '../../../../platform/scope.ts'
import type { IncomingLeg, Leg } from '../../../legs/legs.ts'
import type { Playback } from '../../../playback/playback.ts'
import type { Admission, Conference, Participant, Room, Rooms } from '../../room/rooms.ts'
import { createPlays } from '../../room/plays.ts'
import { createJoining } from '../joining.ts'
import { documentOf } from './call.ts'

/** Lets everything happen that waits for nothing but its turn. */
export const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** A wav file as the engine writes it; a ramp, so that what became of it can be recognised. */
const wavOf = (frames: number, rate: Rate): Buffer => {
  const wav = Buffer.alloc(44 + 2 * frames)
  wav.write('RIFF', 0, 'latin1')
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(rate, 24)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(2 * frames, 40)
  for (let i = 0; i < frames; i++) wav.writeInt16LE(i % 1000, 44 + 2 * i)
  return wav
}

/** An engine whose plays end when the test says so. */
const createFakeEngine = () => {
  const listeners = new Set<(event: EngineEvent) => void>()
  const playing = new Map<string, PlayOptions>()
  const recording = new Map<string, string>()
  const heard: string[] = []
  const fails = { play: false, record: false }
  const tell = (event: EngineEvent) => {
    for (const listener of listeners) listener(event)
  }
  const textOf = ({ items, loop }: PlayOptions) =>
    items.map((item) => (item.kind === 'tones' ? item.text : item.kind)).join(' ') +
    (loop ? ' (again and again)' : '')

  const end = (playId: string, why: 'played' | 'stopped') => {
    if (playing.delete(playId)) tell({ event: 'play-done', playId, why })
  }
  const endRecording = (frames: number, rate: Rate) => {
    for (const [recordingId, path] of recording) {
      writeFileSync(path, wavOf(frames, rate), { flag: 'wx' })
      recording.delete(recordingId)
      tell({ event: 'record-done', recordingId, frames, rate, why: 'stopped' })
    }
  }
  const engine = {
    play: (play: PlayOptions) => {
      if (fails.play) return Promise.reject(new Error('no such leg'))
      playing.set(play.playId, play)
      heard.push(textOf(play))
      return Promise.resolve()
    },
    stopPlay: async (playId: string) => {
      await Promise.resolve()
      end(playId, 'stopped')
    },
    record: ({ recordingId, path }: Parameters<Engine['record']>[0]) => {
      if (fails.record) return Promise.reject(new Error('no such leg'))
      recording.set(recordingId, path)
      return Promise.resolve()
    },
    stopRecord: async () => {
      await Promise.resolve()
      endRecording(8000, 8000)
    },
    on: (listener: (event: EngineEvent) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Engine
  return {
    engine,
    heard,
    fails,
    playing: () => [...playing.values()].map(textOf),
    isRecording: () => recording.size > 0,
    endRecording,
    /** What plays was heard to its end. */
    playOut: () => {
      for (const [playId, { loop }] of playing) if (!loop) end(playId, 'played')
    },
  }
}

const createFakePlayback = () => {
  const missing = new Set<string>()
  let held = 0
  const asked: { language: string; accountId: string }[] = []
  const gate: { isShut: boolean; open: () => void } = { isShut: false, open: () => undefined }
  const playback: Pick<Playback, 'prepare'> = {
    prepare: async ({ items, language, accountId, signal }) => {
      asked.push({ language, accountId })
      if (gate.isShut) {
        await new Promise<void>((resolve) => (gate.open = resolve))
        signal?.throwIfAborted()
      }
      held++
      let isHeld = true
      const names = items.map((item) =>
        item.kind === 'prompt' ? item.promptId : item.kind === 'media' ? item.reference : item.kind,
      )
      return {
        items: names.map((text) => ({ kind: 'tones', text })),
        problems: names
          .filter((what) => missing.has(what))
          .map((what) => ({ what, message: 'It is missing.' })),
        release: () => {
          if (isHeld) held--
          isHeld = false
        },
      }
    },
  }
  return { playback, missing, asked, gate, held: () => held }
}

const createFakeRooms = () => {
  const listeners = new Set<(conferenceId: string) => void>()
  const running = new Map<string, { isLocked: boolean; participants: Partial<Participant>[] }>()
  const admitted: Admission[] = []
  const gate: { refusal?: Error; wait?: Promise<unknown> } = {}
  const rooms: Pick<Rooms, 'get' | 'admit' | 'onChange'> = {
    get: (accountId, id) => {
      const room = running.get(id)
      const conference = { id, accountId, document: documentOf({ id }), isAdHoc: true }
      return room && ({ ...room, conference } as unknown as Room)
    },
    admit: async (admission) => {
      await gate.wait
      if (gate.refusal) throw gate.refusal
      admitted.push(admission)
      return {} as Participant
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const change = (
    id: string,
    room: { isLocked?: boolean; participants?: Partial<Participant>[] },
  ) => {
    running.set(id, { isLocked: false, participants: [], ...room })
    for (const listener of listeners) listener(id)
  }
  return { rooms, admitted, gate, change, listeners: () => listeners.size }
}

const createFakeLeg = (of: { callId: string; number: string; device: Leg['device'] }) => {
  const scope = createScope('leg')
  const listeners = new Set<(digit: string) => void>()
  const causes: (string | undefined)[] = []
  const ended = Promise.withResolvers<never>()
  const leg: Leg = {
    legId: `leg-${of.callId}`,
    callId: of.callId,
    accountId: 'a',
    direction: 'incoming',
    party: { name: 'Ada', number: of.number },
    device: of.device,
    scope,
    onDigit: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isOnHold: () => false,
    hangUp: (cause) => {
      causes.push(cause)
      void scope.dispose()
    },
    ended: ended.promise,
  }
  const press = (digits: string) => {
    for (const digit of digits.split('')) for (const listener of listeners) listener(digit)
  }
  return { leg, press, causes, listeners: () => listeners.size }
}

/** Everything around the joining of calls, and a phone to call with. */
export const createWorld = (documents: Record<string, Partial<ConferenceDocument>> = {}) => {
  const engine = createFakeEngine()
  const playback = createFakePlayback()
  const rooms = createFakeRooms()
  const scope = createScope('world')
  const namesDir = join(mkdtempSync(join(tmpdir(), 'names-')), 'names')
  const lines: string[] = []
  const notes: string[] = []
  let calls = 0

  const conferenceOf = (id: string): Conference | undefined => {
    const document = documents[id]
    if (!document) return undefined
    const base = documentOf({ id })
    return { id, accountId: 'a', document: { ...base, ...document }, isAdHoc: false }
  }
  const join_ = createJoining({
    scope,
    clock: { nowMs: () => Date.now() },
    conferences: {
      byId: (_account, id) => conferenceOf(id),
      byNumber: (_account, number) => {
        const conference = conferenceOf(`c${number}`)
        return conference && { conference, role: undefined }
      },
    },
    rooms: rooms.rooms,
    engine: engine.engine,
    plays: createPlays({ scope, engine: engine.engine, playback: playback.playback }),
    language: ({ document }) => document.language ?? 'de-de',
    note: (_conference, text) => void notes.push(text),
    log: createLog({ level: 'debug', write: (line) => void lines.push(line) }),
    namesDir,
  })

  /** Calls, and is answered at once unless `answer` says otherwise. */
  const dial = (
    dialled: string,
    options: {
      number?: string
      device?: Leg['device']
      answer?: (leg: Leg) => Promise<Leg>
    } = {},
  ) => {
    const { number = '555', device, answer = (leg: Leg) => Promise.resolve(leg) } = options
    const callId = `call-${++calls}`
    const phone = createFakeLeg({ callId, number, device })
    const rejected: number[] = []
    const incoming: IncomingLeg = {
      callId,
      accountId: 'a',
      dialled,
      caller: phone.leg.party,
      device,
      gone: new AbortController().signal,
      ring: () => undefined,
      answer: () => answer(phone.leg),
      reject: (status) => void rejected.push(status),
    }
    join_(incoming)
    return { ...phone, rejected }
  }

  return { engine, playback, rooms, namesDir, lines, notes, dial, scope }
}
