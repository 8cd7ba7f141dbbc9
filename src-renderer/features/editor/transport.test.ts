import { expect, test } from 'vitest'
import type { EditList } from '#contract/edit-list'
import type { Output } from './output.ts'
import { createTransport } from './transport.ts'

const rate = 1000

const listOf = (frames: number, sample_rate_hz = rate): EditList => ({
  sample_rate_hz,
  channels: 1,
  sources: {},
  spans: [{ frames, layers: [] }],
  markers: [],
})

type Played = { at: number; first: number; frames: number; isCancelled: boolean; fadeS?: number }

/** A loudspeaker whose clock the test moves. Every sample is the number of its frame. */
const rig = (options: { renderTurns?: number } = {}) => {
  const played: Played[] = []
  const timers: { at: number; run: () => void }[] = []
  const calls: string[] = []
  let nowS = 1
  let openRates: number[] = []
  let failure: Error | undefined
  const output: Output = {
    sampleRateHz: rate,
    note: null,
    now: () => nowS,
    heard: () => nowS,
    resume: () => Promise.resolve(),
    play: (sound, at, fadeS) => {
      const plain = sound.plain[0] ?? new Float32Array()
      const entry: Played = {
        at: Math.round(at * rate),
        first: plain[0] ?? -1,
        frames: plain.length,
        isCancelled: false,
        ...(fadeS === undefined ? {} : { fadeS }),
      }
      played.push(entry)
      return () => {
        // What was heard was heard.
        if (entry.at + entry.frames > nowS * rate) entry.isCancelled = true
      }
    },
    hush: () => calls.push('hush'),
    setCaller: (isCaller) => calls.push(`caller ${isCaller}`),
    setMatch: (db) => calls.push(`match ${db.toFixed(1)}`),
    close: () => calls.push('close'),
  }
  const transport = createTransport({
    open: (sampleRateHz) => {
      openRates = [...openRates, sampleRateHz]
      return { ...output, sampleRateHz }
    },
    render: async (_list, { from, to }) => {
      for (let turn = 0; turn < (options.renderTurns ?? 1); turn++) await Promise.resolve()
      if (failure) throw failure
      const plain = Float32Array.from({ length: to - from }, (_, index) => from + index)
      return { plain: [plain], caller: [plain.map((sample) => sample / 2)] }
    },
    wait: (ms, run) => {
      const timer = { at: nowS + ms / 1000, run }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
    silenceOthers: () => calls.push('silence others'),
  })
  const settle = async () => {
    for (let turn = 0; turn < 300; turn++) await Promise.resolve()
  }
  return {
    transport,
    played,
    calls,
    openRates: () => openRates,
    heardFrames: () => played.filter(({ isCancelled }) => !isCancelled),
    fail: (error: Error) => {
      failure = error
    },
    settle,
    /** Lets time pass, running what is due. */
    pass: async (seconds: number) => {
      const until = nowS + seconds
      await settle()
      while (nowS < until - 1e-9) {
        nowS = Math.min(nowS + 0.05, until)
        for (const timer of timers.filter(({ at }) => at <= nowS + 1e-9)) {
          timers.splice(timers.indexOf(timer), 1)
          timer.run()
        }
        await settle()
      }
    },
  }
}

/** Every sound begins where the one before ends: in the list, and on the clock. */
const expectGapless = (sounds: readonly Played[]) => {
  for (const [index, sound] of sounds.slice(1).entries()) {
    const before = sounds[index]!
    expect(sound.at).toBe(before.at + before.frames)
    expect(sound.first).toBe(before.first + before.frames)
  }
}

test('a list is played to its end without a gap, then it stops', async () => {
  const { transport, heardFrames, pass } = rig()
  transport.setList(listOf(5000), (frame) => frame)

  transport.play({ from: 300 })
  expect(transport.store.getState().status).toBe('starting')
  await pass(1)
  expect(transport.store.getState().status).toBe('playing')
  await pass(5)

  expectGapless(heardFrames())
  expect(heardFrames()[0]?.first).toBe(300)
  expect(heardFrames().reduce((sum, { frames }) => sum + frames, 0)).toBe(4700)
  expect(transport.store.getState().status).toBe('stopped')
})

test('at least half a second is always on its way', async () => {
  const { transport, heardFrames, pass } = rig()
  transport.setList(listOf(60_000), (frame) => frame)

  transport.play({ from: 0 })
  for (let step = 0; step < 20; step++) {
    await pass(0.3)
    const last = heardFrames().at(-1)!
    expect(last.first + last.frames - (transport.position() ?? 0)).toBeGreaterThan(500)
  }
})

test('the playhead is what the loudspeaker gives out now', async () => {
  const { transport, heardFrames, pass } = rig()
  transport.setList(listOf(5000), (frame) => frame)

  transport.play({ from: 1000 })
  await pass(0.5)
  const start = heardFrames()[0]!.at

  expect(transport.position()).toBeCloseTo(1000 + 1500 - start, 6)
  expect(transport.pause()).toBeCloseTo(1000 + 1500 - start, 6)
  expect(transport.position()).toBeUndefined()
})

test('a loop begins again without a gap on the clock', async () => {
  const { transport, heardFrames, pass } = rig()
  transport.setList(listOf(5000), (frame) => frame)

  transport.play({ from: 100, loop: { from: 100, to: 400 } })
  await pass(2)

  const sounds = heardFrames()
  for (const [index, sound] of sounds.slice(1).entries()) {
    const before = sounds[index]!
    expect(sound.at).toBe(before.at + before.frames)
    expect(sound.first).toBe(
      before.first + before.frames === 400 ? 100 : before.first + before.frames,
    )
  }
  expect(sounds.filter(({ first }) => first === 100).length).toBeGreaterThan(5)
  expect(transport.store.getState().status).toBe('playing')
})

test('a loop that is taken away plays on', async () => {
  const { transport, heardFrames, pass } = rig()
  transport.setList(listOf(3000), (frame) => frame)

  transport.play({ from: 100, loop: { from: 100, to: 400 } })
  await pass(1)
  transport.setLoop(undefined)
  await pass(6)

  const last = heardFrames().at(-1)!
  expect(last.first + last.frames).toBe(3000)
  expect(transport.store.getState().status).toBe('stopped')
})

test('a selection is played to its end only', async () => {
  const { transport, heardFrames, pass } = rig()
  transport.setList(listOf(5000), (frame) => frame)

  transport.play({ from: 1000, to: 1300 })
  await pass(2)

  expect(heardFrames().reduce((sum, { frames }) => sum + frames, 0)).toBe(300)
  expect(transport.store.getState().status).toBe('stopped')
})

test('seeking goes on playing from there', async () => {
  const { transport, played, calls, pass } = rig()
  transport.setList(listOf(9000), (frame) => frame)

  transport.play({ from: 0 })
  await pass(0.5)
  const before = played.length
  transport.seek(7000)
  await pass(0.2)

  expect(calls).toContain('hush')
  const going = played.slice(0, before).filter(({ at, frames }) => at + frames > 1500)
  expect(going.length).toBeGreaterThan(1)
  expect(going.every(({ isCancelled }) => isCancelled)).toBe(true)
  expectGapless(played.slice(before))
  expect(played[before]?.first).toBe(7000)
})

test('an edit is heard within a buffer, without a gap', async () => {
  const { transport, heardFrames, pass } = rig()
  transport.setList(listOf(9000), (frame) => frame)
  transport.play({ from: 3000 })
  await pass(0.5)
  const edited = 1500

  // The first 1000 frames are taken out.
  transport.setList(listOf(8000), (frame) => frame - 1000)
  await pass(0.5)

  const sounds = heardFrames()
  for (const [index, sound] of sounds.slice(1).entries())
    expect(sound.at).toBe(sounds[index]!.at + sounds[index]!.frames)
  const turn = sounds.find((sound, index) => index > 0 && sound.first < sounds[index - 1]!.first)!
  expect(turn.at - edited).toBeLessThan(350)
  const before = sounds[sounds.indexOf(turn) - 1]!
  expect(turn.first).toBe(before.first + before.frames - 1000)
})

test('an end that was cut off behind the playhead is not heard', async () => {
  const { transport, heardFrames, pass } = rig()
  transport.setList(listOf(9000), (frame) => frame)
  transport.play({ from: 0 })
  await pass(0.5)

  transport.setList(listOf(200), (frame) => Math.min(frame, 200))
  await pass(1)

  const last = heardFrames().at(-1)!
  expect(last.at + last.frames).toBeLessThan(1500 + 400)
  expect(transport.store.getState().status).toBe('stopped')
})

test('the caller’s sound is level-matched by an estimate until the measures are there', async () => {
  const { transport, calls, pass } = rig()
  transport.setList(listOf(5000), (frame) => frame)

  transport.play({ from: 0 })
  await pass(0.2)
  expect(calls).toContain('match 6.0')
  transport.setLevelDifference(4.2)
  expect(calls.at(-1)).toBe('match 4.2')
  await pass(1)
  expect(calls.lastIndexOf('match 6.0')).toBeLessThan(calls.indexOf('match 4.2'))
  transport.setCaller(true)

  expect(calls.at(-1)).toBe('caller true')
})

test('what fails is said, and nothing goes on in silence', async () => {
  const { transport, fail, pass } = rig()
  transport.setList(listOf(5000), (frame) => frame)
  fail(new Error('The backend does not answer.'))

  transport.play({ from: 0 })
  await pass(0.2)

  expect(transport.store.getState()).toMatchObject({
    status: 'stopped',
    error: 'The backend does not answer.',
  })
})

test('a second start ends the first, and the app’s player', async () => {
  const { transport, played, calls, pass } = rig({ renderTurns: 20 })
  transport.setList(listOf(9000), (frame) => frame)

  transport.play({ from: 0 })
  transport.play({ from: 4000 })
  await pass(1)

  expect(calls.filter((call) => call === 'silence others')).toHaveLength(2)
  expect(Math.min(...played.map(({ first }) => first))).toBe(4000)
})

test('another rate opens another output and closes the one before', async () => {
  const { transport, openRates, calls, pass } = rig()
  transport.setList(listOf(9000), (frame) => frame)
  transport.play({ from: 0 })
  await pass(0.2)

  transport.setList(listOf(9000, 8000), (frame) => frame)
  expect(transport.store.getState().status).toBe('stopped')
  transport.play({ from: 0 })
  await pass(0.2)

  expect(openRates()).toEqual([1000, 8000])
  expect(calls).toContain('close')
})

test('scrubbing gives a short soft sound of the newest place', async () => {
  const { transport, played, pass } = rig()
  transport.setList(listOf(9000), (frame) => frame)

  transport.scrub(10)
  transport.scrub(2000)
  transport.scrub(3000)
  await pass(0.3)

  expect(played.length).toBeLessThanOrEqual(2)
  expect(played.at(-1)).toMatchObject({ first: 3000, frames: 80, fadeS: 0.01 })
})
