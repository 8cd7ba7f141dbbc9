import { useMemo } from 'react'
import { usePlayer } from '../../audio/player.ts'
import type { GridPosition } from './grid-keys.ts'
import { MatrixAreaRow } from './matrix-area-row.tsx'
import type { MatrixItem } from './matrix-model.ts'
import { MatrixRow } from './matrix-row.tsx'
import { placeOf, type Place } from './media-id.ts'
import { usePrompts } from './prompts-state.ts'
import type { MatrixWindow } from './use-matrix-window.ts'
import type { Span } from './virtual-window.ts'

type MatrixBodyProps = {
  items: readonly MatrixItem[]
  shown: MatrixWindow
  position: GridPosition | undefined
  dropPlace: Place | null
}

/** The active item stays in the document wherever the view is: the grid's focus points at it. */
const itemsShown = ({ first, end }: Span, active: number | undefined): number[] => {
  const shown = Array.from({ length: end - first }, (_, index) => first + index)
  if (active === undefined || (active >= first && active < end)) return shown
  return active < first ? [active, ...shown] : [...shown, active]
}

const usePlayingPlace = (): Place | undefined => {
  const id = usePlayer(({ playingId, state }) => (state === 'error' ? null : playingId))
  return useMemo(() => (id === null ? undefined : placeOf(id)), [id])
}

const languageOf = (place: Place | null | undefined, promptId: string): string | undefined =>
  place?.promptId === promptId ? place.language : undefined

export const MatrixBody = ({ items, shown, position, dropPlace }: MatrixBodyProps) => {
  const filter = usePrompts((state) => state.state)
  const playing = usePlayingPlace()
  const { layout, rows, columns } = shown
  return (
    <div role="rowgroup" className="matrix-body">
      {itemsShown(rows, position?.item).map((index) => {
        const item = items[index]
        const top = layout.rowOffsets[index] ?? 0
        if (item === undefined) return null
        if (item.kind === 'prompt') {
          return (
            <MatrixRow
              key={item.key}
              row={item.row}
              item={index}
              top={top}
              columns={columns}
              activeColumn={index === position?.item ? position.column : -1}
              playingLanguage={languageOf(playing, item.row.prompt_id)}
              dropLanguage={languageOf(dropPlace, item.row.prompt_id)}
              filter={filter}
            />
          )
        }
        return (
          <MatrixAreaRow
            key={item.key}
            area={item.area}
            count={item.count}
            isCollapsed={item.isCollapsed}
            item={index}
            top={top}
            columnCount={columns.languages.length + 2}
            isActive={index === position?.item}
          />
        )
      })}
    </div>
  )
}
