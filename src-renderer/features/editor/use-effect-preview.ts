import { useEffect, useMemo } from 'react'
import type { EditList } from '#contract/edit-list'
import type { Effect } from '#contract/effects'
import { mostPreviewSeconds } from '#contract/renders'
import type { FrameRange } from '../../audio/edit-view/types.ts'
import { player } from '../../audio/player.ts'
import { useDebounced } from '../../ui/use-debounced.ts'
import { createEffectPreview, type EffectPreview } from './effect-preview.ts'
import { transport } from './editor-session.ts'
import { loadPreview } from './queries.ts'
import { openWebAudio } from './web-audio-output.ts'

const settleMs = 250

/** The part of a range that is heard before it is applied: its first seconds. */
export const previewRange = (
  { from, to }: FrameRange,
  { sample_rate_hz }: EditList,
): FrameRange => ({
  from,
  to: Math.min(to, from + mostPreviewSeconds * sample_rate_hz),
})

/** At the rate of the list, whatever the effect made of it. */
const channelsOf = async (wav: ArrayBuffer, sampleRate: number): Promise<Float32Array[]> => {
  // 3 kHz is the lowest rate browsers take.
  const context = new OfflineAudioContext(1, 1, Math.max(3000, sampleRate))
  const buffer = await context.decodeAudioData(wav)
  return Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index))
}

/** Lets a range be heard with an effect; changes of the effect are heard as they are made. */
export const useEffectPreview = (
  { list, range }: { list: EditList; range: FrameRange },
  effect: Effect,
): EffectPreview => {
  const { from, to } = previewRange(range, list)
  const preview = useMemo(() => {
    const load = (effects: Effect[]) => async (signal: AbortSignal) =>
      channelsOf(await loadPreview({ list, from, to, effects }, signal), list.sample_rate_hz)
    return {
      load,
      player: createEffectPreview({
        open: () => openWebAudio(Math.max(3000, list.sample_rate_hz)),
        loadPlain: load([]),
        wait: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
        silenceOthers: () => {
          player.stop()
          transport.stop()
        },
      }),
    }
  }, [list, from, to])

  const settled = useDebounced(effect, settleMs)
  useEffect(() => preview.player.change(preview.load([settled])), [preview, settled])
  useEffect(() => preview.player.close, [preview])
  return preview.player
}
