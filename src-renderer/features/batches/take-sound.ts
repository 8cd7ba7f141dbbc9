import { wavHeader, type WavFormat } from '#sound/samples/wav-header'

/** Frames of a source as a wav file a browser plays: interleaved little-endian samples, in order. */
export const wavOf = (format: WavFormat, parts: readonly ArrayBuffer[]): Blob => {
  const dataBytes = parts.reduce((sum, part) => sum + part.byteLength, 0)
  return new Blob([wavHeader(format, dataBytes), ...parts], { type: 'audio/wav' })
}
