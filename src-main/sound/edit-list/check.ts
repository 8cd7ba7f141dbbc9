import type { EditList } from '#contract/edit-list'

/** Throws EditError for what the schema of a list a client sends cannot tell. */
export const checkList = (list: EditList): void => {
  throw new Error(`${list.channels}`)
}
