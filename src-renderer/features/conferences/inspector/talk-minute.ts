import { findingOf, isNoise, type NoiseTrack } from '../board/noise.ts'

/** One second of talking: how loud, 0 to 1, and whether it counts as talking. */
export type TalkBar = { readonly height: number; readonly talks: boolean }

const SECONDS = 60
/** Of full scale; what is softer has no height. */
const SOFTEST_DB = -60
const FULL_SCALE = 32_768
/** Talking in less of a second is the end of a word. */
const TALKS_MS = 200

const heightOf = (energy: number): number => {
  if (energy <= 0) return 0
  const db = 20 * Math.log10(energy / FULL_SCALE)
  return Math.min(1, Math.max(0, 1 - db / SOFTEST_DB))
}

/** A bar for every second of the last minute, oldest first; undefined where nothing was observed yet. */
export const talkBars = ({ energies, talkedMs }: NoiseTrack): readonly (TalkBar | undefined)[] => {
  const bars = energies.map((energy, i): TalkBar => {
    const before = talkedMs[i - 1]
    const talked = before === undefined ? 0 : (talkedMs[i] ?? 0) - before
    return { height: heightOf(energy), talks: talked >= TALKS_MS }
  })
  const missing = Math.max(0, SECONDS - bars.length)
  return [...Array.from({ length: missing }, () => undefined), ...bars.slice(-SECONDS)]
}

export type TalkVerdict = { readonly text: string; readonly isSuspicious: boolean }

const spanText = (observedMs: number): string => {
  const seconds = Math.round(observedMs / 1000)
  return seconds >= SECONDS - 1 ? 'the last minute' : `the last ${seconds} s`
}

/** The last minute in a sentence; suspicious is what the noise filter finds. */
export const talkVerdict = (track: NoiseTrack): TalkVerdict => {
  const finding = findingOf(track)
  const { share, observedMs } = finding
  if (observedMs < 2000) return { text: 'Listening…', isSuspicious: false }
  const span = spanText(observedMs)
  const percent = Math.round(share * 100)
  const isSuspicious = isNoise(finding)
  if (percent === 0) return { text: `Quiet for ${span}.`, isSuspicious }
  const speaking = `Speaking ${percent} % of ${span}`
  return isSuspicious
    ? { text: `${speaking} at a steady level: an open microphone or hold music?`, isSuspicious }
    : { text: `${speaking}.`, isSuspicious }
}
