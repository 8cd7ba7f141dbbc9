import { spectrogramColumns } from '#sound/spectrum/spectrogram'
import type { SpectrumAnswer, SpectrumQuestion } from './spectrum-thread.ts'

/** The thread that computes spectrograms: one question, one answer, in order. */
self.addEventListener('message', ({ data }: MessageEvent<SpectrumQuestion>) => {
  const { id, samples, skip, ...options } = data
  const { columns, bins, hzPerBin, data: levels } = spectrogramColumns(samples, options)
  const answer: SpectrumAnswer = {
    id,
    columns: Math.max(0, columns - skip),
    bins,
    hzPerBin,
    data: levels.slice(skip * bins),
  }
  self.postMessage(answer, { transfer: [answer.data.buffer] })
})
