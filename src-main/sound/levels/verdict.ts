import type { Measures, TargetProfile, Verdict } from '#contract/measures'

/** What is wrong with audio that should meet a target, in words and in the order of urgency. */
export const verdict = (_measures: Measures, _target: TargetProfile): Verdict => {
  throw new Error('being written')
}
