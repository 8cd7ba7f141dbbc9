import type { EditList, Operation } from '#contract/edit-list'

/**
 * The list after an operation. The given one is never changed, and untouched spans are shared with it.
 * Throws EditError when the operation cannot be done to it.
 */
export const apply = (list: EditList, operation: Operation): EditList => {
  throw new Error(`${list.channels} ${operation.kind}`)
}
