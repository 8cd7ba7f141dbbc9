import type { OpenPcm } from './frame/player-track.ts'
import { createPlaylist, type Playlist } from './frame/playlist.ts'
import { EngineError, type EngineEvent, type PlayOptions } from './port.ts'

/** What plays anywhere, by its id. */
export type Plays = {
  /** Of a new target. */
  readonly createPlaylist: () => Playlist
  readonly add: (play: PlayOptions, to: Playlist) => void
  /** No matter whether it plays still. */
  readonly stop: (playId: string) => void
}

export const createPlays = (deps: {
  openPcm: OpenPcm
  emit: (event: EngineEvent) => void
}): Plays => {
  const { openPcm, emit } = deps
  const playing = new Map<string, Playlist>()

  return {
    createPlaylist: () =>
      createPlaylist({
        openPcm,
        onDone: (done) => {
          playing.delete(done.playId)
          emit(done)
        },
      }),
    add: (play, to) => {
      if (playing.has(play.playId))
        throw new EngineError('exists', `"${play.playId}" plays already`)
      playing.set(play.playId, to)
      to.add(play)
    },
    stop: (playId) => void playing.get(playId)?.stop(playId),
  }
}
