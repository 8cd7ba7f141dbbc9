import { useCallback, useState } from 'react'
import type { AudioFacts } from '#contract/media'
import { isPlaying, player, usePlayer } from '../../audio/player.ts'
import { secondsText } from '../../audio/wave-geometry.ts'
import { Waveform } from '../../audio/waveform.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { mediaIdOf, type Place } from './media-id.ts'
import { loadPeaks, type Origin } from './queries.ts'
import { asSentence, samplesPerPixelOf } from './sound-facts.ts'
import type { CellActions } from './use-cell-actions.ts'
import './cell-sound.css'

type CellSoundProps = {
  source: Place & { origin: Origin }
  /** Undefined while they are on their way. */
  facts: AudioFacts | undefined
  /** Changes with the file. */
  version: number | undefined
  durationMs: number
  isUnreadable: boolean
  /** Its language is the one that the others translate. */
  isSource: boolean
  actions: CellActions
}

type PictureProps = Pick<CellSoundProps, 'source' | 'durationMs'> & {
  samplesPerPixel: number
  startMs: number
  onStart: (ms: number) => void
}

const Picture = (props: PictureProps) => {
  const { source, durationMs, samplesPerPixel, startMs, onStart } = props
  const { promptId, language, origin } = source
  const id = mediaIdOf(source)
  const positionMs = usePlayer((state) => (isPlaying(id)(state) ? state.positionMs : undefined))
  const load = useCallback(
    () => loadPeaks({ promptId, language, origin }, samplesPerPixel),
    [promptId, language, origin, samplesPerPixel],
  )
  return (
    <Waveform
      load={load}
      durationMs={durationMs}
      playheadMs={positionMs ?? startMs}
      onSeek={(ms) => {
        onStart(ms)
        if (positionMs !== undefined) player.seek(ms)
      }}
      label={`Position in ${promptId}, ${language}`}
    />
  )
}

/** The file of a cell as a large wave, and what plays it. A click in the wave is where it starts. */
export const CellSound = (props: CellSoundProps) => {
  const { source, facts, version, durationMs, isUnreadable, isSource, actions } = props
  const id = mediaIdOf(source)
  const [start, setStart] = useState({ id, ms: 0 })
  const startMs = start.id === id ? start.ms : 0
  const isOn = usePlayer(isPlaying(id))
  return (
    <div className="card cell-sound">
      <div className="cell-sound-wave">
        {isUnreadable ? (
          <p className="cell-sound-reason tone-warn">
            <Icon name="warning" />
            {asSentence(facts?.reason ?? 'no audio could be decoded')}
          </p>
        ) : facts === undefined ? (
          <div className="cell-sound-waiting" />
        ) : (
          <Picture
            key={version}
            source={source}
            durationMs={durationMs}
            samplesPerPixel={samplesPerPixelOf(facts)}
            startMs={startMs}
            onStart={(ms) => setStart({ id, ms })}
          />
        )}
      </div>
      <div className="cell-sound-bar">
        <Button
          variant="primary"
          command="prompts.play"
          isDisabled={isUnreadable}
          onPress={() => actions.play(source, startMs)}
        >
          <Icon name={isOn ? 'stop' : 'play'} size={14} />
          <span className="visually-hidden">{isOn ? 'Stop' : 'Play'}</span>
        </Button>
        {isSource ? null : (
          <Button isDisabled={isUnreadable} onPress={() => actions.playAfterSource(source)}>
            Source, then this
          </Button>
        )}
        {isUnreadable ? null : (
          <span className="cell-sound-length mono muted">{secondsText(durationMs)}</span>
        )}
      </div>
    </div>
  )
}
