import { describe, expect, it } from 'vitest'
import { createPlayer } from './player.ts'

const rig = () => {
  const audio = {
    src: '',
    currentTime: 0,
    duration: 2,
    error: null,
    isPaused: true,
    refusal: undefined as Error | undefined,
    onended: null as (() => void) | null,
    onerror: null as (() => void) | null,
    play() {
      this.isPaused = false
      return this.refusal ? Promise.reject(this.refusal) : Promise.resolve()
    },
    pause() {
      this.isPaused = true
    },
  }
  const openUrls = new Set<string>()
  const frames: (() => void)[] = []
  let count = 0
  const player = createPlayer({
    createAudio: () => audio,
    createUrl: () => {
      const url = `blob:${++count}`
      openUrls.add(url)
      return url
    },
    revokeUrl: (url) => openUrls.delete(url),
    nextFrame: (draw) => frames.push(draw),
  })
  return { audio, openUrls, player, drawFrame: () => frames.splice(0).forEach((draw) => draw()) }
}

const file = () => Promise.resolve(new Blob(['x']))
const settle = () => new Promise((resolve) => setTimeout(resolve))

describe('player', () => {
  it('goes from loading to playing and back to idle at the end', async () => {
    const { player, audio, openUrls } = rig()

    player.play('a', file)
    expect(player.store.getState()).toMatchObject({ playingId: 'a', state: 'loading' })
    await settle()
    expect(player.store.getState().state).toBe('playing')
    expect(audio.src).toBe('blob:1')
    audio.onended?.()
    await settle()

    expect(player.store.getState()).toMatchObject({ playingId: null, state: 'idle' })
    expect(openUrls.size).toBe(0)
  })

  it('replaces what plays and gives its address back', async () => {
    const { player, audio, openUrls } = rig()

    player.play('a', file)
    await settle()
    player.play('b', file)
    await settle()

    expect(player.store.getState().playingId).toBe('b')
    expect([...openUrls]).toEqual([audio.src])
  })

  it('ignores a file that arrives after another was asked for', async () => {
    const { player, audio } = rig()
    const late = Promise.withResolvers<Blob>()

    player.play('late', () => late.promise)
    player.play('b', file)
    await settle()
    late.resolve(new Blob(['x']))
    await settle()

    expect(player.store.getState().playingId).toBe('b')
    expect(audio.src).toBe('blob:1')
  })

  it('reports the position frame by frame until it stops', async () => {
    const { player, audio, drawFrame } = rig()

    player.play('a', file)
    await settle()
    audio.currentTime = 0.5
    drawFrame()
    expect(player.store.getState()).toMatchObject({ positionMs: 500, durationMs: 2000 })
    player.stop()
    drawFrame()

    expect(player.store.getState().positionMs).toBe(0)
    expect(audio.isPaused).toBe(true)
  })

  it('starts where it is told and seeks while it plays', async () => {
    const { player, audio } = rig()

    player.play('a', file, 700)
    await settle()
    expect(audio.currentTime).toBe(0.7)
    player.seek(1200)

    expect(audio.currentTime).toBe(1.2)
  })

  it('toggles: a second press stops', async () => {
    const { player } = rig()

    player.toggle('a', file)
    await settle()
    player.toggle('a', file)

    expect(player.store.getState().state).toBe('idle')
  })

  it('plays a sequence in order', async () => {
    const { player, audio, openUrls } = rig()

    player.playSequence([
      { id: 'source', load: file },
      { id: 'translation', load: file },
    ])
    await settle()
    expect(player.store.getState().playingId).toBe('source')
    audio.onended?.()
    await settle()

    expect(player.store.getState()).toMatchObject({ playingId: 'translation', state: 'playing' })
    expect(openUrls.size).toBe(1)
  })

  it('says why a file is not playable', async () => {
    const { player, audio, openUrls } = rig()
    audio.refusal = new Error('no decoder')

    player.play('a', file)
    await settle()

    expect(player.store.getState()).toMatchObject({
      playingId: 'a',
      state: 'error',
      error: 'This file is not playable: no decoder.',
    })
    expect(openUrls.size).toBe(0)
  })

  it('passes on why a file could not be loaded', async () => {
    const { player } = rig()

    player.play('a', () => Promise.reject(new Error('The backend does not answer.')))
    await settle()

    expect(player.store.getState().error).toBe('The backend does not answer.')
  })
})
