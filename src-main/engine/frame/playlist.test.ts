import { describe, expect, it } from 'vitest'
import type { Playable, PlayOptions, Rate } from '../port.ts'
import type { PcmSource } from './player-track.ts'
import { createPlaylist, type PlayDone } from './playlist.ts'

type Fake = PcmSource & { isClosed: boolean; bring: (samples: readonly number[]) => void }

/** Files by their path: constant samples, as many as the path says; or filled by the test. */
const createBench = () => {
  const done: PlayDone[] = []
  const opened: string[] = []
  const sources: Fake[] = []
  const playlist = createPlaylist({
    onDone: (end) => done.push(end),
    openPcm: ({ path, rate }) => {
      opened.push(path)
      const [kind, value = 0, count = 0] = path.split(':').map((part, at) => (at ? +part : part))
      const samples: number[] = Array<number>(Number(count)).fill(Number(value))
      const source: Fake = {
        rate,
        isClosed: false,
        bring: (more) => void samples.push(...more),
        read: (into, from) => {
          const some = samples.splice(0, into.length - from)
          into.set(some, from)
          return some.length
        },
        state: () =>
          kind === 'bad' ? 'failed' : kind === 'slow' || samples.length > 0 ? 'open' : 'ended',
        problem: () => (kind === 'bad' ? 'It is not there.' : undefined),
        close: () => {
          source.isClosed = true
        },
      }
      sources.push(source)
      return source
    },
  })
  const play = (playId: string, items: readonly (string | Playable)[], more = {}) =>
    playlist.add({
      ...{ playId, loop: false, gainDb: 0, queued: false },
      items: items.map((item) =>
        typeof item === 'string' ? { kind: 'pcm', path: item, rate: 8000 } : item,
      ),
      ...more,
    } satisfies Omit<PlayOptions, 'to'>)
  const pull = (rate: Rate = 8000): number[] | undefined => {
    const into = new Int16Array(rate / 50)
    return playlist.pull(into) ? [...into] : undefined
  }
  return { playlist, play, pull, done, opened, sources }
}

/** `[value, count]` for each run of equal samples. */
const runs = (samples: readonly number[] = []): number[][] => {
  const found: number[][] = []
  for (const sample of samples) {
    const last = found.at(-1)
    if (last?.[0] === sample) last[1]! += 1
    else found.push([sample, 1])
  }
  return found
}

describe('one play', () => {
  it('plays its items without a gap, then says so', () => {
    const { play, pull, done, playlist, sources } = createBench()
    play('p', ['file:7:100', { kind: 'silence', ms: 2.5 }, 'file:9:100'])

    expect(runs(pull())).toEqual([[7, 100], [0, 20], [9, 40]]) // prettier-ignore
    expect(done).toEqual([])
    expect(runs(pull())).toEqual([[9, 60], [0, 100]]) // prettier-ignore
    expect(done).toEqual([{ event: 'play-done', playId: 'p', why: 'played' }])
    expect(playlist.isIdle()).toBe(true)
    expect(pull()).toBeUndefined()
    expect(sources.every(({ isClosed }) => isClosed)).toBe(true)
  })

  it('begins again without a gap until it is stopped', () => {
    const { play, pull, done, playlist } = createBench()
    play('p', ['file:7:100', 'file:9:20'], { loop: true })

    expect(runs(pull())).toEqual([[7, 100], [9, 20], [7, 40]]) // prettier-ignore
    expect(runs(pull())).toEqual([[7, 60], [9, 20], [7, 80]]) // prettier-ignore
    expect(playlist.stop('p')).toBe(true)
    expect(done).toMatchObject([{ playId: 'p', why: 'stopped' }])
  })

  it('opens the next file when the one before begins', () => {
    const { play, opened } = createBench()
    play('p', ['file:1:500', 'file:2:500', 'file:3:500'])

    expect(opened).toEqual(['file:1:500', 'file:2:500'])
  })

  it('ends as failed with a sentence when an item cannot be read', () => {
    const { play, pull, done } = createBench()
    play('p', ['file:7:100', 'bad', 'file:9:100'])

    expect(runs(pull())).toEqual([[7, 100], [0, 60]]) // prettier-ignore
    expect(done).toEqual([
      { event: 'play-done', playId: 'p', why: 'failed', message: 'It is not there.' },
    ])
  })

  it('says where tones cannot be read', () => {
    const { play, pull, done } = createBench()
    play('p', [{ kind: 'tones', text: '%(100,0,440);x' }])

    expect(pull()).toBeUndefined()
    expect(done[0]?.message).toMatch(/^The tones cannot be read: at character 14 “x” is neither/)
  })

  it('does not repeat nothing for ever', () => {
    const { play, pull, done } = createBench()
    play('none', [], { loop: true })
    play('empty', ['file:1:0', { kind: 'silence', ms: 0 }], { loop: true })

    expect(pull()).toBeUndefined()
    expect(done).toMatchObject([
      { playId: 'empty', why: 'failed' },
      { playId: 'none', why: 'played' },
    ])
  })

  it('is louder by its gain and never wraps around', () => {
    const { play, pull } = createBench()
    play('p', ['file:1000:80', 'file:-20000:80'], { gainDb: 6.0206 })

    expect(runs(pull())).toEqual([[2000, 80], [-32_768, 80]]) // prettier-ignore
  })

  it('counts ticks the disk was late for once it was heard, and goes on', () => {
    const { play, pull, sources, playlist, done } = createBench()
    play('p', ['slow'])

    expect(pull()).toBeUndefined()
    expect(playlist.underruns()).toBe(0)
    sources[0]!.bring(Array<number>(200).fill(5))
    expect(runs(pull())).toEqual([[5, 160]])
    expect(runs(pull())).toEqual([[5, 40], [0, 120]]) // prettier-ignore
    expect(pull()).toBeUndefined()
    expect(playlist.underruns()).toBe(2)
    sources[0]!.bring(Array<number>(160).fill(6))
    expect(runs(pull())).toEqual([[6, 160]])
    expect(done).toEqual([])
  })

  it.each([
    ['up', 8000, 16_000],
    ['down', 16_000, 8000],
  ] as const)('brings a file %s to the rate that is pulled', (_way, from, to) => {
    const { playlist } = createBench()
    const tone = Int16Array.from({ length: from }, (_, at) =>
      Math.round(8000 * Math.sin((2 * Math.PI * 500 * at) / from)),
    )
    let taken = 0
    const other = createPlaylist({
      onDone: () => undefined,
      openPcm: () => ({
        rate: from,
        read: (into, at) => {
          const some = tone.subarray(taken, taken + into.length - at)
          into.set(some, at)
          taken += some.length
          return some.length
        },
        state: () => (taken < tone.length ? 'open' : 'ended'),
        problem: () => undefined,
        close: () => undefined,
      }),
    })
    other.add({
      ...{ playId: 'p', loop: false, gainDb: 0, queued: false },
      items: [{ kind: 'pcm', path: '', rate: from }],
    })
    const heard: number[] = []
    while (!other.isIdle()) {
      const into = new Int16Array(to / 50)
      if (other.pull(into)) heard.push(...into)
    }

    expect(heard).toHaveLength(to)
    const late = to * (to > from ? 0.0015 : 0.001_375)
    heard.slice(to / 10, -to / 10).forEach((sample, at) => {
      const wanted = 8000 * Math.sin((2 * Math.PI * 500 * (at + to / 10 - late)) / to)
      expect(Math.abs(sample - wanted)).toBeLessThan(120)
    })
    expect(playlist.isIdle()).toBe(true)
  })

  it('goes on where it was when the rate changes', () => {
    const { play, pull } = createBench()
    play('p', [{ kind: 'silence', ms: 30 }, 'file:7:80'])

    expect(pull(16_000)).toEqual(Array(320).fill(0))
    expect(runs(pull(8000))).toEqual([[0, 80], [7, 80]]) // prettier-ignore
  })
})

describe('several plays', () => {
  it('mixes them, except queued ones, which wait', () => {
    const { play, pull, done, playlist } = createBench()
    play('a', ['file:100:160'], { queued: true })
    play('b', ['file:20:320'])
    play('c', ['file:300:160'], { queued: true })

    expect(runs(pull())).toEqual([[120, 160]])
    expect(runs(pull())).toEqual([[320, 160]])
    expect(pull()).toBeUndefined()
    expect(done.map(({ playId }) => playId)).toEqual(['a', 'b', 'c'])
    expect(playlist.isIdle()).toBe(true)
  })

  it('does not wrap around where loud ones are added', () => {
    const { play, pull } = createBench()
    play('a', ['file:30000:160'])
    play('b', ['file:30000:160'])

    expect(runs(pull())).toEqual([[32_767, 160]])
  })

  it('opens only the first two of a queue', () => {
    const { play, pull, opened } = createBench()
    for (const at of [1, 2, 3, 4]) play(`${at}`, [`file:${at}:160`], { queued: true })

    expect(opened).toHaveLength(2)
    pull()
    expect(opened).toEqual(['file:1:160', 'file:2:160', 'file:3:160'])
  })
})

describe('stopping', () => {
  it('reports at once and fades within 5 ms, and the next in the queue begins', () => {
    const { play, pull, playlist, done, sources } = createBench()
    play('a', ['file:4000:800'], { queued: true })
    play('b', ['file:10:160'], { queued: true })
    pull()

    expect(playlist.stop('a')).toBe(true)
    expect(done).toEqual([{ event: 'play-done', playId: 'a', why: 'stopped' }])
    const heard = pull()!
    expect(heard.slice(0, 3)).toEqual([3910, 3810, 3710])
    expect(runs(heard.slice(39))).toEqual([[10, 121]])
    expect(sources.every(({ isClosed }) => isClosed)).toBe(true)
    expect(done).toHaveLength(2)
  })

  it('takes one out of the queue that nobody heard', () => {
    const { play, pull, playlist, sources } = createBench()
    play('a', ['file:1:160'], { queued: true })
    play('b', ['file:2:160'], { queued: true })
    playlist.stop('b')

    expect(runs(pull())).toEqual([[1, 160]])
    expect(pull()).toBeUndefined()
    expect(sources.every(({ isClosed }) => isClosed)).toBe(true)
  })

  it('does not know what is over', () => {
    const { play, pull, playlist } = createBench()
    play('a', ['file:1:10'])
    expect(playlist.has('a')).toBe(true)
    pull()
    expect(playlist.has('a')).toBe(false)
    expect(playlist.stop('a')).toBe(false)
  })

  it('closes every file when all of it is closed', () => {
    const { play, pull, playlist, done, sources } = createBench()
    play('a', ['file:1:800', 'file:1:800'], { queued: true })
    play('b', ['file:1:800'], { queued: true })
    play('c', ['file:1:800'])
    pull()
    playlist.stop('c')
    playlist.close()

    expect(done.map(({ playId, why }) => [playId, why])).toEqual([
      ['c', 'stopped'],
      ['a', 'stopped'],
      ['b', 'stopped'],
    ])
    expect(sources.every(({ isClosed }) => isClosed)).toBe(true)
    expect(playlist.isIdle()).toBe(true)
  })
})
