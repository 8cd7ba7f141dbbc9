const HEADER_BYTES = 44
const FMT_BYTES = 16
const PCM_TAG = 1

export type WavFormat = { sampleRateHz: number; channels: number; bits: 16 | 32 }

/** The head of a wav file of integer samples; `dataBytes` of them follow, 4 GB at most. */
export const wavHeader = (
  { sampleRateHz, channels, bits }: WavFormat,
  dataBytes: number,
): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  const frameBytes = (channels * bits) / 8
  const write = (at: number, text: string) =>
    bytes.set(
      Array.from(text, (letter) => letter.charCodeAt(0)),
      at,
    )
  write(0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, FMT_BYTES, true)
  view.setUint16(20, PCM_TAG, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * frameBytes, true)
  view.setUint16(32, frameBytes, true)
  view.setUint16(34, bits, true)
  write(36, 'data')
  view.setUint32(40, dataBytes, true)
  return bytes
}
