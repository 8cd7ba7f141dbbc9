import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEngine } from '../../../engine/engine.ts'
import { hears, setStage } from '../../../engine/test/contract-stage.ts'
import { silentLog } from '../../../platform/log.ts'
import { systemClock } from '../../../platform/clock.ts'
import { account, startPlayback, type PlaybackBench } from '../../../test/playback.ts'
import { tone } from '../../../test/tone.ts'
import type { IncomingLeg, Leg } from '../../legs/legs.ts'
import { createPlays } from '../room/plays.ts'
import type { Admission, Participant } from '../room/rooms.ts'
import { createJoining } from './joining.ts'
import { documentOf } from './test/call.ts'

/** What a phone hears over RTP, and what its keys do: the real engine, and prompts out of a library. */
const stage = setStage((scope) => createEngine({ scope, log: silentLog }))
let library: PlaybackBench

beforeAll(async () => {
  library = await startPlayback()
  const hz = { welcome: 400, enter_conf_pin: 700, bad_pin: 1000, joining_conference: 1300 }
  for (const [name, frequencyHz] of Object.entries(hz)) {
    const bytes = tone({ frequencyHz, durationMs: 700 })
    await library.put(account, 'en-us', bytes, `conf-${name}`)
  }
})
afterAll(() => library.dispose())

const dialIn = async () => {
  const { engine, scope, folder, call } = stage()
  const admitted: Admission[] = []
  const notes: string[] = []
  const conference = {
    id: 'weekly',
    accountId: account,
    document: documentOf({ id: 'weekly', member: ['4711'] }),
    isAdHoc: false,
  }
  const takeCall = createJoining({
    ...{ scope, engine, clock: systemClock },
    plays: createPlays({ scope, engine, playback: library.playback }),
    conferences: { byNumber: () => ({ conference, role: 'member' }), byId: () => undefined },
    rooms: {
      get: () => undefined,
      onChange: () => () => undefined,
      admit: (admission) => {
        admitted.push(admission)
        return Promise.resolve({} as Participant)
      },
    },
    language: () => 'en-us',
    note: (_conference, text) => void notes.push(text),
    log: silentLog,
    namesDir: join(folder, 'names'),
  })
  const phone = await call()
  const { legId } = phone
  const leg = {
    ...{ legId, callId: legId, accountId: account, direction: 'incoming', device: undefined },
    party: { name: '', number: '555' },
    scope: scope.child('leg'),
    onDigit: (listener: (digit: string) => void) =>
      engine.on((event) => {
        if (event.event === 'dtmf' && event.legId === legId) listener(event.digit)
      }),
  } as unknown as Leg
  takeCall({
    ...{ dialled: '4000', accountId: account, callId: legId },
    answer: () => Promise.resolve(leg),
  } as unknown as IncomingLeg)
  return { phone, admitted, notes }
}

it('hears the welcome, is asked for the PIN, presses it and is in', async () => {
  const { phone, admitted, notes } = await dialIn()
  await hears(phone, 400)
  await hears(phone, 700)
  phone.press('4711#')
  await hears(phone, 1300)
  await hears(phone)
  await expect.poll(() => admitted.length).toBe(1)
  expect(admitted[0]).toMatchObject({ isModerator: false, namePath: undefined })
  expect(notes).toEqual([])
})

it('silences the welcome with its first key, and hears that a PIN was wrong', async () => {
  const { phone, admitted } = await dialIn()
  await hears(phone, 400)
  phone.press('9')
  await hears(phone)
  phone.press('#')
  await hears(phone, 1000)
  expect(admitted).toEqual([])
})
