import type { LegQuality } from '#contract/board'

/** Two looks at how sound arrives: what was lost between them is what is lost now. */
export type QualityLook = { readonly now: LegQuality; readonly before: LegQuality | undefined }

type Packets = Pick<LegQuality, 'packets_received' | 'packets_lost' | 'packets_late'>

/** Part of what was sent to us that was not heard: lost, or too late to be played. */
const lossOf = ({
  packets_received: received,
  packets_lost: lost,
  packets_late: late,
}: Packets) => {
  const sent = received + lost
  return sent <= 0 ? undefined : Math.min(1, (lost + late) / sent)
}

/** Undefined where a leg began anew, or nothing was sent since. */
const recentLossOf = ({ now, before }: QualityLook) =>
  before &&
  lossOf({
    packets_received: now.packets_received - before.packets_received,
    packets_lost: now.packets_lost - before.packets_lost,
    packets_late: now.packets_late - before.packets_late,
  })

const percentText = (share: number): string =>
  share > 0 && share < 0.001 ? '< 0.1 %' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`

/** Speech is hurt from 2 % on, and hard to follow from 5 % on, with G.711 and concealment (ITU-T G.113). */
const badFrom = 0.05
const poorFrom = 0.02

export type QualityTone = 'ok' | 'warn' | 'bad'

/** How it sounds, in a word and with a colour. */
export const qualityVerdict = (look: QualityLook): { text: string; tone: QualityTone } => {
  const loss = recentLossOf(look) ?? lossOf(look.now) ?? 0
  const { jitter_ms: jitter } = look.now
  if (loss >= badFrom) return { text: 'Poor: breaks up', tone: 'bad' }
  if (loss >= poorFrom || jitter >= 40) return { text: 'Fair: may have gaps', tone: 'warn' }
  return { text: 'Good', tone: 'ok' }
}

const ms = (value: number): string => `${Math.round(value)} ms`

/** Facts in the order in which one asks for them; what nobody measured is left out. */
export const qualityFacts = (look: QualityLook): readonly string[] => {
  const { now } = look
  const [loss, recent] = [lossOf(now), recentLossOf(look)]
  const lossText =
    loss === undefined
      ? 'nothing received yet'
      : `${percentText(loss)} lost${recent === undefined ? '' : `, ${percentText(recent)} now`}`
  return [
    now.codec,
    lossText,
    `jitter ${ms(now.jitter_ms)}`,
    `buffer ${ms(now.buffer_ms)}`,
    ...(now.round_trip_ms === undefined ? [] : [`round trip ${ms(now.round_trip_ms)}`]),
    ...(now.remote_lost === undefined || now.remote_lost === 0
      ? []
      : [`${now.remote_lost} packets to it lost`]),
  ]
}
