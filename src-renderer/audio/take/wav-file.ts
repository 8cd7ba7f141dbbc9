const headerBytes = 44

const text = (view: DataView, at: number, letters: string) => {
  for (let i = 0; i < letters.length; i += 1) view.setUint8(at + i, letters.charCodeAt(i))
}

/** The head of a wav file with one channel of 16-bit samples. */
const header = (sampleRateHz: number, dataBytes: number): ArrayBuffer => {
  const bytes = new ArrayBuffer(headerBytes)
  const view = new DataView(bytes)
  text(view, 0, 'RIFF')
  view.setUint32(4, headerBytes - 8 + dataBytes, true)
  text(view, 8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true) // PCM
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(view, 36, 'data')
  view.setUint32(40, dataBytes, true)
  return bytes
}

/** Rounded to 16 bits; what is louder than full scale is clipped. */
export const toSamples = (block: Float32Array): Int16Array<ArrayBuffer> =>
  Int16Array.from(block, (value) => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768))))

/** Makes a file of samples as they come; the browser may put what it has on disk. */
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
      return new Blob([header(sampleRateHz, samples * 2), ...parts], { type: 'audio/wav' })
    },
  }
}
