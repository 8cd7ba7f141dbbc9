import type { Spectrogram, SpectrogramOptions } from '#sound/spectrum/spectrogram'

export type SpectrumQuestion = SpectrogramOptions & {
  id: number
  samples: Float32Array
  /** Columns at the beginning that only lead in to the first that counts. */
  skip: number
}

export type SpectrumAnswer = Spectrogram & { id: number }

/** Computes spectrograms beside the page. */
export type SpectrumThread = {
  /** Takes the samples along: they are empty afterwards. */
  compute: (question: Omit<SpectrumQuestion, 'id'>) => Promise<Spectrogram>
  dispose: () => void
}

export const createSpectrumThread = (): SpectrumThread => {
  const worker = new Worker(new URL('./spectrum-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, PromiseWithResolvers<Spectrogram>>()
  let last = 0
  worker.addEventListener('message', ({ data }: MessageEvent<SpectrumAnswer>) => {
    waiting.get(data.id)?.resolve(data)
    waiting.delete(data.id)
  })
  worker.addEventListener('error', (event) => {
    const error = new Error(`The spectrogram could not be computed: ${event.message}`)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  return {
    compute: (question) => {
      const answer = Promise.withResolvers<Spectrogram>()
      last += 1
      waiting.set(last, answer)
      worker.postMessage({ ...question, id: last }, [question.samples.buffer])
      return answer.promise
    },
    dispose: () => {
      worker.terminate()
      waiting.clear()
    },
  }
}
