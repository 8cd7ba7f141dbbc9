import { describe, expect, it } from 'vitest'
import { createTalk, hear, resetTalk, scoreOf, type Talk } from './talk.ts'

const LEVEL = 100
const hearFrames = (talk: Talk, frames: number, score: number) => {
  for (let i = 0; i < frames; i += 1) hear(talk, score, LEVEL)
}
/** How many frames of that score it takes until talking is `wanted`. */
const framesUntil = (talk: Talk, wanted: boolean, score: number) => {
  for (let frame = 1; frame <= 200; frame += 1) {
    hear(talk, score, LEVEL)
    if (talk.talking === wanted) return frame
  }
  return Infinity
}

describe('who talks', () => {
  it('starts with the first frame that is 400 above the level', () => {
    expect(framesUntil(createTalk(), true, LEVEL + 400)).toBe(1)
    expect(framesUntil(createTalk(), true, LEVEL + 399)).toBe(5)
  })

  it('starts with the fifth frame that is a little above the level, and never at the level', () => {
    expect(framesUntil(createTalk(), true, LEVEL + 1)).toBe(5)
    expect(framesUntil(createTalk(), true, LEVEL)).toBe(Infinity)
  })

  it('takes a closed frame for each open one', () => {
    const talk = createTalk()
    hearFrames(talk, 4, LEVEL + 10)
    hearFrames(talk, 3, 0)
    expect(framesUntil(talk, true, LEVEL + 10)).toBe(4)
  })

  it('never starts where every second frame is closed', () => {
    const talk = createTalk()
    for (let i = 0; i < 100; i += 1) {
      hear(talk, LEVEL + 10, LEVEL)
      hear(talk, 0, LEVEL)
    }
    expect(talk.talking).toBe(false)
  })

  it('stops with the 40th closed frame', () => {
    const talk = createTalk()
    hear(talk, 5000, LEVEL)
    expect(framesUntil(talk, false, LEVEL)).toBe(40)
  })

  it('counts to 40 anew after a loud frame, and takes one back for a frame little above the level', () => {
    const loud = createTalk()
    hear(loud, 5000, LEVEL)
    hearFrames(loud, 39, 0)
    hear(loud, 5000, LEVEL)
    expect(framesUntil(loud, false, 0)).toBe(40)

    const low = createTalk()
    hear(low, 5000, LEVEL)
    hearFrames(low, 39, 0)
    hear(low, LEVEL + 1, LEVEL)
    expect(framesUntil(low, false, 0)).toBe(2)
  })

  it('can start again after it stopped', () => {
    const talk = createTalk()
    hear(talk, 5000, LEVEL)
    hearFrames(talk, 40, 0)
    expect(framesUntil(talk, true, LEVEL + 1)).toBe(5)
  })

  it('takes everything for talking at level 0 but digital silence', () => {
    const talk = createTalk()
    for (let i = 0; i < 5; i += 1) hear(talk, 1, 0)
    expect(talk.talking).toBe(true)
    for (let i = 0; i < 40; i += 1) hear(talk, 0, 0)
    expect(talk.talking).toBe(false)
  })

  it('smooths by a fifth of the new score, in whole numbers, up to 25,000 and down to 0', () => {
    const talk = createTalk()
    hear(talk, 1000, LEVEL)
    expect(talk.energy).toBe(200)
    hear(talk, 1000, LEVEL)
    expect(talk.energy).toBe(360)
    hear(talk, 3, LEVEL)
    expect(talk.energy).toBe(288)
    hearFrames(talk, 100, 32_767)
    expect(talk.energy).toBe(25_000)
    hearFrames(talk, 100, 0)
    expect(talk.energy).toBe(0)
  })

  it('forgets everything when it is reset', () => {
    const talk = createTalk()
    hearFrames(talk, 3, 5000)
    resetTalk(talk)
    expect(talk).toEqual(createTalk())
  })

  it('scores the mean magnitude of a frame', () => {
    expect(scoreOf(Int16Array.of(-100, 100, 0, 201))).toBe(100)
    expect(scoreOf(new Int16Array(160).fill(-32_768))).toBe(32_768)
  })
})
