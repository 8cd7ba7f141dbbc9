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

/** A prompt that nobody named is called by its id and language, as people write them. */
export const nameParts = (name: string): string[] => {
  const [, language, promptId] = /^([a-z]{2,3}(?:-[a-z0-9]+)*)%2f(.+)$/i.exec(name) ?? []
  return language === undefined || promptId === undefined ? [name] : [promptId, language]
}

export const nameText = (name: string): string => nameParts(name).join(', ')

/** The same for a file: `vm-goodbye fr-fr`, without what a file's name cannot have. */
export const fileNameText = (name: string): string =>
  nameParts(name)
    .join(' ')
    .replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '_')
