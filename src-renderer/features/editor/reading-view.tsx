import { useEffect, useMemo, useState } from 'react'
import type { Source } from '#contract/sources'
import { listOf } from '#sound/edit-list/edit-list'
import { createEditViewState } from '../../audio/edit-view/edit-view-state.ts'
import { EditView } from '../../audio/edit-view/edit-view.tsx'
import { createSourceTiles } from '../../audio/edit-view/source-tiles.ts'
import type { Clock } from '../../audio/edit-view/types.ts'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { sourceData } from './editor-session.ts'
import { useEditorSettings } from './editor-settings.ts'
import { cancelOpening } from './opening.ts'

const silent: Clock = {
  isPlaying: () => false,
  frame: () => undefined,
  onChange: () => () => undefined,
}

const progressOf = ({ frames, frames_expected: expected }: Source) =>
  expected === undefined || expected === 0 ? undefined : Math.min(1, frames / expected)

const useTiles = () => {
  const [tiles] = useState(() => createSourceTiles(sourceData))
  useEffect(() => () => tiles.dispose(), [tiles])
  return tiles
}

/** How a source looks while it is being read. It can be looked at, not edited yet. */
export const ReadingView = ({ source }: { source: Source }) => {
  const tiles = useTiles()
  const [state] = useState(createEditViewState)
  const units = useEditorSettings((settings) => settings.units)
  const { id, frames, sample_rate_hz, channels } = source
  const list = useMemo(
    () => listOf(id, frames, { sample_rate_hz, channels }),
    [id, frames, sample_rate_hz, channels],
  )
  return (
    <div className="editor-reading">
      <div className="editor-reading-head">
        <Progress label={`Reading ${source.name}`} value={progressOf(source)} />
        <Button onPress={cancelOpening}>Cancel</Button>
      </div>
      <div className="editor-view">
        {frames === 0 ? null : (
          <EditView
            list={list}
            tiles={tiles}
            state={state}
            clock={silent}
            units={units}
            snap={false}
            mode="wave"
            spectrogram="narrow"
            follow="off"
            label={`Waveform of ${source.name}, being read`}
          />
        )}
      </div>
    </div>
  )
}
