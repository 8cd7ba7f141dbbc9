import { useCallback } from 'react'
import type { MediaDocument } from '#contract/media'
import { isPlaying, player, usePlayer } from '../../audio/player.ts'
import { Waveform } from '../../audio/waveform.tsx'
import { durationText } from '../../lib/duration.ts'
import { openPage } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { loadFile, loadPeaks } from './queries.ts'
import './media-sound.css'

type Stored = { id: string; name: string; durationMs: number }

const Player = ({ id, name, durationMs }: Stored) => {
  const isOn = usePlayer(isPlaying(id))
  const positionMs = usePlayer((state) => (state.playingId === id ? state.positionMs : 0))
  const error = usePlayer((state) => (state.playingId === id ? state.error : null))
  const peaks = useCallback(() => loadPeaks(id), [id])
  const file = () => loadFile(id)
  const seek = (ms: number) => {
    if (isOn) player.seek(ms)
    else player.play(id, file, ms)
  }
  return (
    <>
      <div className="media-wave">
        <Waveform
          load={peaks}
          durationMs={durationMs}
          playheadMs={positionMs}
          onSeek={seek}
          label={`Sound of ${name}`}
        />
      </div>
      <div className="media-transport">
        <Button variant="primary" command="media.play" onPress={() => player.toggle(id, file)}>
          <Icon name={isOn ? 'stop' : 'play'} size={14} />
          {isOn ? 'Stop' : 'Play'}
        </Button>
        <Button command="media.edit" onPress={() => openPage('editor', { media: id })}>
          Edit
        </Button>
        <span className="mono muted media-time">
          {durationText(isOn ? positionMs : durationMs)}
        </span>
      </div>
      {error === null ? null : (
        <p role="alert" className="media-problem tone-bad">
          {error}
        </p>
      )}
    </>
  )
}

/** The sound of a medium, large; or why there is none. */
export const MediaSound = ({ document }: { document: MediaDocument }) => {
  const { id, name, _read_only: facts } = document
  const file = facts?.file ?? facts?.original
  return (
    <div className="media-sound">
      {file?.audio.playable ? (
        <Player
          // A replaced file is another sound under the same id.
          key={`${id} ${facts?.modified ?? 0} ${file.content_length}`}
          id={id}
          name={name}
          durationMs={file.audio.duration_ms ?? 0}
        />
      ) : (
        <p className="media-problem muted">
          <Icon name={file ? 'warning' : 'file'} />
          {file
            ? `This file cannot be played: ${file.audio.reason ?? 'no audio was found in it'}.`
            : 'There is no file yet. Add one with “Replace file…”.'}
        </p>
      )}
    </div>
  )
}
