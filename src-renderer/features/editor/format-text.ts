import type { EditList } from '#contract/edit-list'

const kilohertz = (hertz: number) => `${Number((hertz / 1000).toFixed(3))} kHz`

const channelsText = (channels: number) => {
  if (channels === 1) return 'mono'
  return channels === 2 ? 'stereo' : `${channels} channels`
}

/** `44.1 kHz · mono`. */
export const formatText = ({
  sample_rate_hz,
  channels,
}: Pick<EditList, 'sample_rate_hz' | 'channels'>): string =>
  `${kilohertz(sample_rate_hz)} · ${channelsText(channels)}`
