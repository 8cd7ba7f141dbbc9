import type { AudioFacts } from '#contract/media'

const channelNames: Record<number, string> = { 1: 'mono', 2: 'stereo' }

/** `wav · 8 kHz · mono`; what is not known is left out. */
export const formatText = (audio: AudioFacts): string => {
  const { container, sample_rate_hz: rate, channels } = audio
  return [
    container,
    rate === undefined ? undefined : `${rate / 1000} kHz`,
    channels === undefined ? undefined : (channelNames[channels] ?? `${channels} channels`),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

const sourceNames: Record<string, string> = {
  upload: 'upload',
  recording: 'recording',
  tts: 'spoken text',
}

export const sourceText = (source: string): string => sourceNames[source] ?? source
