import { replaceParams, useRoute } from '../lib/route.ts'

/** Where one is in a list with a panel beside it. */
export type RowCursor<R> = {
  rows: readonly R[]
  active: R | undefined
  /** Of the row the panel shows. */
  openId: string | undefined
  activate: (id: string) => void
  open: (id: string | undefined) => void
  /** Goes down by so many rows, or up; stays in the list. */
  step: (by: number) => void
}

/**
 * The cursor is a row; while the panel is open it follows, and the address names its row by the
 * parameter `name`.
 */
export const useRowCursor = <R extends { id: string }>(
  rows: readonly R[],
  row: { name: string; activeId: string | undefined; setActiveId: (id: string) => void },
): RowCursor<R> => {
  const openId = useRoute().params[row.name]
  const active = rows.find(({ id }) => id === (openId ?? row.activeId))
  const open = (id: string | undefined) => replaceParams({ [row.name]: id })
  const activate = (id: string) => {
    row.setActiveId(id)
    if (openId !== undefined) open(id)
  }
  return {
    rows,
    active,
    openId,
    activate,
    open,
    step: (by) => {
      const index = active ? rows.indexOf(active) : -1
      const next = rows[Math.min(Math.max(index + by, 0), rows.length - 1)]
      if (next) activate(next.id)
    },
  }
}
