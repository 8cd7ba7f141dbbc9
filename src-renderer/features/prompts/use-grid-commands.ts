import { useCommand } from '../../ui/use-command.ts'
import { cursorAt } from './cursor.ts'
import { gridMoves, moveTo, type GridMove, type GridPosition } from './grid-moves.ts'
import type { MatrixItem } from './matrix-model.ts'
import { setCursor, toggleCollapsed } from './prompts-state.ts'

type GridCommands = {
  items: readonly MatrixItem[]
  languages: readonly string[]
  page: number
  position: GridPosition | undefined
  hasFocus: boolean
}

const group = 'Move in the matrix'

const useMove = (name: GridMove, grid: GridCommands) => {
  const { items, languages, page, position, hasFocus } = grid
  const { title, keys } = gridMoves[name]
  useCommand({
    id: `prompts.move-${name}`,
    title,
    group,
    keys,
    when: hasFocus && position !== undefined,
    run: () => {
      if (!position) return
      const heading = items[position.item]
      // As in a tree: to the left closes, to the right opens.
      if (heading?.kind === 'area' && (name === 'left' || name === 'right')) {
        if (heading.isCollapsed === (name === 'right')) toggleCollapsed(heading.area)
        return
      }
      const size = { items: items.length, columns: languages.length, page }
      setCursor(cursorAt({ items, languages }, moveTo(name, position, size)))
    },
  })
}

/** The keys of the grid, while it has the focus. */
export const useGridCommands = (grid: GridCommands): void => {
  useMove('down', grid)
  useMove('up', grid)
  useMove('left', grid)
  useMove('right', grid)
  useMove('page-down', grid)
  useMove('page-up', grid)
  useMove('row-start', grid)
  useMove('row-end', grid)
  useMove('top', grid)
  useMove('bottom', grid)

  const active = grid.position && grid.items[grid.position.item]
  useCommand({
    id: 'prompts.toggle-area',
    title: 'Open or close the area',
    group,
    keys: ['enter', 'space'],
    when: grid.hasFocus && active?.kind === 'area',
    run: () => {
      if (active?.kind === 'area') toggleCollapsed(active.area)
    },
  })
}
