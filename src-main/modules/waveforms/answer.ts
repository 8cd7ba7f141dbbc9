import type { BinaryReply } from '../../platform/http/route.ts'
import { toDat, toJson, type Peaks } from './audiowaveform.ts'
import type { PeakOptions } from './draw.ts'

/** A query for peaks, as contract/sources.ts has it. */
export type PeakQuery = {
  samples_per_pixel?: number | undefined
  bits?: number | undefined
  format?: 'dat' | 'json' | undefined
  start?: number | undefined
  end?: number | undefined
}

const optionsOf = (query: PeakQuery): PeakOptions => ({
  samplesPerPixel: query.samples_per_pixel ?? 256,
  bits: query.bits === 8 ? 8 : 16,
  startS: query.start,
  endS: query.end,
})

const inFormat = (peaks: Peaks, format: 'dat' | 'json') =>
  format === 'json'
    ? { body: Buffer.from(JSON.stringify(toJson(peaks))), contentType: 'application/json' }
    : { body: toDat(peaks), contentType: 'application/octet-stream' }

/** The answer to a query for the waveform of a blob, in one of audiowaveform's formats. */
export const peaksAnswer = async (
  waveforms: { peaks: (blob: string, options: PeakOptions) => Promise<Peaks> },
  blob: string,
  query: PeakQuery,
): Promise<BinaryReply> => {
  const { format = 'dat', start = '', end = '' } = query
  const options = optionsOf(query)
  return {
    kind: 'binary',
    ...inFormat(await waveforms.peaks(blob, options), format),
    etag: [blob, options.samplesPerPixel, options.bits, format, start, end].join('-'),
    inline: true,
  }
}
