import type { AudioFacts } from '#contract/media'
import type { ToolInput } from '../../platform/process/process.ts'
import type { Decode } from './decode.ts'
import { createMeasure } from './measure.ts'

/** Listens to a file once and tells all that is known of it. */
export const probe = async (decode: Decode, source: ToolInput): Promise<AudioFacts> => {
  let measure: ReturnType<typeof createMeasure> | undefined
  const { container, format, frames, failure } = await decode(source, (heard) => {
    measure = createMeasure(heard)
    return measure.push
  })
  const { encoding, bits } = container
  return {
    container: container.container,
    content_type: container.contentType,
    playable: !failure,
    ...(failure ? { reason: failure.reason } : {}),
    ...(encoding === undefined ? {} : { encoding }),
    ...(bits === undefined ? {} : { bits }),
    ...(format ? { sample_rate_hz: format.sampleRateHz, channels: format.channels } : {}),
    ...(measure && frames > 0 ? measure.finish() : {}),
  }
}
