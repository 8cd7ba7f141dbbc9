import { framesOf } from '#sound/edit-list/edit-list'
import type { OverviewProps } from './types.ts'

/** Everything is there at once: there is nothing to buffer. */
const haveEnoughData = 4

export type TransportMedia = {
  /** For what plays an audio element: its clock is the transport's, and seeking it seeks there. */
  media: HTMLMediaElement
  /** Tells that the time is another one. */
  tell: () => void
  dispose: () => void
}

/**
 * The transport as an audio element, as far as wavesurfer looks at one. The cast is the same that
 * wavesurfer makes for its own players that are none.
 */
export const createTransportMedia = (props: () => OverviewProps): TransportMedia => {
  const events = new EventTarget()
  const rate = () => props().list.sample_rate_hz
  const emit = (type: string) => events.dispatchEvent(new Event(type))
  let wasPlaying = false

  const media = Object.assign(events, {
    readyState: haveEnoughData,
    src: '',
    currentSrc: '',
    ended: false,
    seeking: false,
    volume: 1,
    muted: false,
    playbackRate: 1,
    error: null,
    // Playing is begun and ended elsewhere; the strip only follows.
    play: () => Promise.resolve(),
    pause: () => undefined,
    load: () => undefined,
    remove: () => undefined,
    removeAttribute: () => undefined,
    canPlayType: () => '',
  })
  Object.defineProperties(media, {
    paused: { get: () => !props().clock.isPlaying() },
    duration: { get: () => framesOf(props().list) / rate() },
    currentTime: {
      get: () => (props().clock.frame() ?? props().state.getState().cursor) / rate(),
      set: (seconds: number) => props().onSeek(Math.round(seconds * rate())),
    },
  })

  const stop = props().clock.onChange(() => {
    const isPlaying = props().clock.isPlaying()
    if (isPlaying !== wasPlaying) emit(isPlaying ? 'play' : 'pause')
    wasPlaying = isPlaying
    emit('timeupdate')
  })
  return {
    media: media as unknown as HTMLMediaElement,
    tell: () => {
      emit('timeupdate')
    },
    dispose: stop,
  }
}
