import { levelOf, type Heard } from '../../../engine/test/hearing.ts'

/** Three voices that are tones, told apart in what somebody heard. */
export type Name = 'ann' | 'bob' | 'mod'

export const names: readonly Name[] = ['ann', 'bob', 'mod']
/** No multiple of one is near another. */
export const hz = { ann: 440, bob: 697, mod: 1_040, media: 1_700, locked: 2_450 } as const
/** dB below a full scale sine; who is not heard is `margin` below that. */
export const heardAbove = -25
const margin = 25

/** Names that are heard; one that is neither there nor gone has a question mark. */
export const voicesIn = (heard: Heard): string[] =>
  names
    .map((name) => [name, levelOf(heard, hz[name])] as const)
    .filter(([, level]) => level > heardAbove - margin)
    .map(([name, level]) => (level > heardAbove ? name : `${name}?`))

/** Levels of a tone in each tenth of a second of a stretch. */
const levelsOf = ({ samples, rate }: Heard, pitch: number): number[] => {
  const step = rate / 10
  return Array.from({ length: Math.floor(samples.length / step) }, (_, i) =>
    levelOf({ samples: samples.slice(i * step, (i + 1) * step), rate }, pitch),
  )
}
/** The same as text: x where it is heard, a full stop where it is not, ? in between. */
export const marksOf = (heard: Heard, pitch: number): string =>
  levelsOf(heard, pitch)
    .map((level) => (level > heardAbove ? 'x' : level < heardAbove - margin ? '.' : '?'))
    .join('')
/** Longer than what a phone that is late leaves out. */
export const pause = /[^x]{3,}/g
