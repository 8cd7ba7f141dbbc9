import type { EditList, Operation } from '#contract/edit-list'

/** The name of a step: "Fade out 30 ms". `before` is the list the operation is done to. */
export const describe = (
  operation: Operation,
  before: Pick<EditList, 'sample_rate_hz' | 'spans'>,
): string => {
  throw new Error(`${operation.kind} ${before.sample_rate_hz}`)
}
