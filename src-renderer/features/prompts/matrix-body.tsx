import { useMemo } from 'react'
import { usePlayer } from '../../audio/player.ts'
import type { GridPosition } from './grid-moves.ts'
import { MatrixFrozenRow } from './matrix-frozen-row.tsx'
import type { MatrixItem } from './matrix-model.ts'
import { cellId, MatrixRow } from './matrix-row.tsx'
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

type Slot = { index: number; key: string; item: MatrixItem; top: number }

const usePlayingPlace = (): Place | undefined => {
  const id = usePlayer(({ playingId, state }) => (state === 'error' ? null : playingId))
  return useMemo(() => (id === null ? undefined : placeOf(id)), [id])
}

const languageOf = (place: Place | null | undefined, promptId: string): string | undefined =>
  place?.promptId === promptId ? place.language : undefined

const indexesOf = ({ first, end }: Span): number[] =>
  Array.from({ length: end - first }, (_, offset) => first + offset)

/**
 * The items to draw, each in a slot of its own. Slots go round: a row that scrolls out lends its
 * elements to the one that comes in, which costs half of making new ones. The active item stays in the
 * document wherever the view is, because the grid's focus points at it.
 */
const slotsOf = (
  items: readonly MatrixItem[],
  { rows, slotCount, layout }: MatrixWindow,
  active: number | undefined,
): Slot[] => {
  const isOutside = active !== undefined && (active < rows.first || active >= rows.end)
  const indexes = isOutside ? [...indexesOf(rows), active] : indexesOf(rows)
  return indexes.flatMap((index) => {
    const item = items[index]
    const key = isOutside && index === active ? 'active' : String(index % slotCount)
    return item ? [{ index, key, item, top: layout.rowOffsets[index] ?? 0 }] : []
  })
}

export const MatrixBody = ({ items, shown, position, dropPlace }: MatrixBodyProps) => {
  const filter = usePrompts((state) => state.state)
  const playing = usePlayingPlace()
  const { layout, columns } = shown
  const slots = slotsOf(items, shown, position?.item)
  return (
    <>
      <div
        aria-hidden="true"
        className="matrix-pane"
        style={{ width: layout.frozenWidth + 1, height: layout.rowOffsets.at(-1) }}
      >
        {slots.map(({ index, key, item, top }) => (
          <MatrixFrozenRow
            key={key}
            content={item}
            item={index}
            top={top}
            idWidth={columns.idWidth}
            isActive={index === position?.item}
          />
        ))}
      </div>
      <div role="rowgroup" className="matrix-body">
        {slots.map(({ index, key, item, top }) =>
          item.kind === 'area' ? (
            <div
              key={key}
              role="row"
              className="matrix-area-row"
              aria-rowindex={index + 2}
              data-area={item.area}
              data-item={index}
              style={{ transform: `translateY(${top}px)` }}
            >
              <div
                id={cellId(index, 0)}
                role="gridcell"
                aria-colindex={1}
                aria-colspan={columns.languages.length + 2}
                aria-expanded={!item.isCollapsed}
                aria-selected={index === position?.item}
                aria-label={`${item.area}, ${item.count} prompts`}
              />
            </div>
          ) : (
            <MatrixRow
              key={key}
              row={item.row}
              item={index}
              top={top}
              columns={columns}
              activeColumn={index === position?.item ? position.column : -1}
              playingLanguage={languageOf(playing, item.row.prompt_id)}
              dropLanguage={languageOf(dropPlace, item.row.prompt_id)}
              filter={filter}
            />
          ),
        )}
      </div>
    </>
  )
}
