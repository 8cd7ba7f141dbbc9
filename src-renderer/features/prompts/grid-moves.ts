/** Where the cursor is: an item (heading or prompt) and a language column. */
export type GridPosition = { item: number; column: number }

export type GridSize = {
  items: number
  columns: number
  /** Items that fit on the screen. */
  page: number
}

type Move = {
  title: string
  keys: readonly string[]
  to: (position: GridPosition, size: GridSize) => GridPosition
}

/** How the cursor moves, with the keys that move it. */
export const gridMoves = {
  down: {
    title: 'Down',
    keys: ['down', 'j'],
    to: ({ item, column }) => ({ item: item + 1, column }),
  },
  up: { title: 'Up', keys: ['up', 'k'], to: ({ item, column }) => ({ item: item - 1, column }) },
  left: {
    title: 'Left',
    keys: ['left', 'h'],
    to: ({ item, column }) => ({ item, column: column - 1 }),
  },
  right: {
    title: 'Right',
    keys: ['right', 'l'],
    to: ({ item, column }) => ({ item, column: column + 1 }),
  },
  'page-down': {
    title: 'A page down',
    keys: ['pagedown'],
    to: ({ item, column }, { page }) => ({ item: item + page, column }),
  },
  'page-up': {
    title: 'A page up',
    keys: ['pageup'],
    to: ({ item, column }, { page }) => ({ item: item - page, column }),
  },
  'row-start': { title: 'First language', keys: ['home'], to: ({ item }) => ({ item, column: 0 }) },
  'row-end': {
    title: 'Last language',
    keys: ['end'],
    to: ({ item }, { columns }) => ({ item, column: columns - 1 }),
  },
  top: { title: 'First cell', keys: ['mod+home'], to: () => ({ item: 0, column: 0 }) },
  bottom: {
    title: 'Last cell',
    keys: ['mod+end'],
    to: (_, { items, columns }) => ({ item: items - 1, column: columns - 1 }),
  },
} as const satisfies Record<string, Move>

export type GridMove = keyof typeof gridMoves

const clamp = (value: number, count: number): number => Math.max(0, Math.min(value, count - 1))

/** Where a move takes the cursor: it stays inside the grid. */
export const moveTo = (move: GridMove, position: GridPosition, size: GridSize): GridPosition => {
  const { item, column } = gridMoves[move].to(position, size)
  return { item: clamp(item, size.items), column: clamp(column, size.columns) }
}
