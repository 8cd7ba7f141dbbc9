/** Frames of a source as a wav file a browser plays. */

type Sound = { sampleRateHz: number; channels: number; bits: 16 | 32 }

const headerBytes = 44

const header = ({ sampleRateHz, channels, bits }: Sound, dataBytes: number): ArrayBuffer => {
  const bytes = new ArrayBuffer(headerBytes)
  const view = new DataView(bytes)
  const frameBytes = (channels * bits) / 8
  const write = (at: number, text: string) => {
    for (let index = 0; index < text.length; index += 1) {
      view.setUint8(at + index, text.charCodeAt(index))
    }
  }
  write(0, 'RIFF')
  view.setUint32(4, headerBytes - 8 + dataBytes, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * frameBytes, true)
  view.setUint16(32, frameBytes, true)
  view.setUint16(34, bits, true)
  write(36, 'data')
  view.setUint32(40, dataBytes, true)
  return bytes
}

/** Interleaved little-endian samples, in order. */
export const wavOf = (sound: Sound, parts: readonly ArrayBuffer[]): Blob => {
  const dataBytes = parts.reduce((sum, part) => sum + part.byteLength, 0)
  return new Blob([header(sound, dataBytes), ...parts], { type: 'audio/wav' })
}
