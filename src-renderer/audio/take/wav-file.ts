import { wavHeader } from '#sound/samples/wav-header'

/** Rounded to 16 bits; what is louder than full scale is clipped. */
export const toSamples = (block: Float32Array): Int16Array<ArrayBuffer> =>
  Int16Array.from(block, (value) => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768))))

/** Makes a mono file of 16-bit samples as they come; the browser may put what it has on disk. */
export const createWavFile = (sampleRateHz: number) => {
  let parts: Blob[] = []
  let fresh: Int16Array<ArrayBuffer>[] = []
  let samples = 0
  let freshSamples = 0

  const set = () => {
    parts = [new Blob([...parts, ...fresh])]
    fresh = []
    freshSamples = 0
  }

  return {
    push: (block: Int16Array<ArrayBuffer>) => {
      fresh.push(block)
      samples += block.length
      freshSamples += block.length
      if (freshSamples > sampleRateHz * 10) set()
    },
    samples: () => samples,
    finish: (): Blob => {
      set()
      const header = wavHeader({ sampleRateHz, channels: 1, bits: 16 }, samples * 2)
      return new Blob([header, ...parts], { type: 'audio/wav' })
    },
  }
}
