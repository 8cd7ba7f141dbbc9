/** Where the cursor is: an item (heading or prompt) and a language column. */
export type GridPosition = { item: number; column: number }

export type GridSize = {
  items: number
  columns: number
  /** Items that fit on the screen. */
  page: number
}

export type GridKey = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

const clamp = (value: number, count: number): number => Math.max(0, Math.min(value, count - 1))

type Move = (position: GridPosition, size: GridSize) => GridPosition

const up: Move = ({ item, column }) => ({ item: item - 1, column })
const down: Move = ({ item, column }) => ({ item: item + 1, column })
const left: Move = ({ item, column }) => ({ item, column: column - 1 })
const right: Move = ({ item, column }) => ({ item, column: column + 1 })

const moves: Record<string, Move> = {
  ArrowUp: up,
  k: up,
  ArrowDown: down,
  j: down,
  ArrowLeft: left,
  h: left,
  ArrowRight: right,
  l: right,
  Home: ({ item }) => ({ item, column: 0 }),
  End: ({ item }, { columns }) => ({ item, column: columns - 1 }),
  PageUp: ({ item, column }, { page }) => ({ item: item - page, column }),
  PageDown: ({ item, column }, { page }) => ({ item: item + page, column }),
}

const jumps: Record<string, Move> = {
  Home: () => ({ item: 0, column: 0 }),
  End: (_, { items, columns }) => ({ item: items - 1, column: columns - 1 }),
  ArrowUp: ({ column }) => ({ item: 0, column }),
  ArrowDown: ({ column }, { items }) => ({ item: items - 1, column }),
  ArrowLeft: ({ item }) => ({ item, column: 0 }),
  ArrowRight: ({ item }, { columns }) => ({ item, column: columns - 1 }),
}

/** Where a key takes the cursor, inside the grid; undefined when the key does not move it. */
export const moveByKey = (
  { key, ctrlKey, metaKey, altKey }: GridKey,
  position: GridPosition,
  size: GridSize,
): GridPosition | undefined => {
  if (altKey || size.items === 0 || size.columns === 0) return undefined
  const move = (ctrlKey || metaKey ? jumps : moves)[key]
  if (!move) return undefined
  const { item, column } = move(position, size)
  return { item: clamp(item, size.items), column: clamp(column, size.columns) }
}
