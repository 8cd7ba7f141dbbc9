import type { BoardRow, Level, ParticipantKey } from './board-state.ts'
import type { BoardFilter, BoardSort } from './board-store.ts'
import { quietMsAt, talkShareAt } from './talk-time.ts'

export type OrderInput = {
  participants: ReadonlyMap<ParticipantKey, BoardRow>
  levels: ReadonlyMap<ParticipantKey, Level>
  noisy: ReadonlySet<ParticipantKey>
  view: { filter: BoardFilter; sort: BoardSort; isDescending: boolean; search: string }
  nowMs: number
}

export const nameOf = ({ name, number }: Pick<BoardRow, 'name' | 'number'>): string =>
  name !== '' ? name : number !== '' ? number : 'Unknown caller'

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const filters: Readonly<
  Record<BoardFilter, (row: BoardRow, noisy: ReadonlySet<ParticipantKey>) => boolean>
> = {
  everyone: () => true,
  talking: ({ showsTalking }) => showsTalking,
  muted: ({ speak }) => !speak,
  moderators: ({ isModerator }) => isModerator,
  noise: ({ key }, noisy) => noisy.has(key),
}

const fits = (row: BoardRow, words: readonly string[]): boolean => {
  const text = `${row.name} ${row.number} ${row.userName ?? ''}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** Small first; who never talked has been quiet for longest. */
const figureOf = (row: BoardRow, { levels, nowMs, view }: OrderInput): number => {
  const level = levels.get(row.key)
  switch (view.sort) {
    case 'joined':
      return row.joinedMs
    case 'quiet':
      return quietMsAt(row, nowMs) ?? Infinity
    case 'share':
      return talkShareAt(row, level, nowMs)
    case 'level':
      return level?.energy ?? 0
    case 'name':
      return 0
  }
}

/** Who is to be shown, in the order that was asked for. */
export const wantedOrder = (input: OrderInput): ParticipantKey[] => {
  const { participants, noisy, view } = input
  const words = view.search.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const rows = [...participants.values()]
    .filter((row) => filters[view.filter](row, noisy) && (words.length === 0 || fits(row, words)))
    .map((row) => ({ row, figure: figureOf(row, input) }))
  const direction = view.isDescending ? -1 : 1
  const compare = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    view.sort === 'name' ? byName.compare(nameOf(a.row), nameOf(b.row)) : a.figure - b.figure
  return rows
    .sort((a, b) => {
      const order = compare(a, b)
      // Two who never talked are Infinity apart from nothing.
      return (
        (Number.isNaN(order) ? 0 : order * direction) || a.row.participantId - b.row.participantId
      )
    })
    .map(({ row }) => row.key)
}

/** Nobody moves: who is new stands at the end, who is gone keeps the place until the order is applied. */
export const appended = (
  shown: readonly ParticipantKey[],
  wanted: readonly ParticipantKey[],
): readonly ParticipantKey[] => {
  const known = new Set(shown)
  const fresh = wanted.filter((key) => !known.has(key))
  return fresh.length === 0 ? shown : [...shown, ...fresh]
}

/** How many rows would move or go if the order were applied: the fewest that explain it. */
export const changesBetween = (
  shown: readonly ParticipantKey[],
  wanted: readonly ParticipantKey[],
): number => {
  const place = new Map(wanted.map((key, index) => [key, index]))
  // The longest run of rows that stand in the wanted order already: patience sorting.
  const tails: number[] = []
  for (const key of shown) {
    const index = place.get(key)
    if (index === undefined) continue
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? 0) < index) low = middle + 1
      else high = middle
    }
    tails[low] = index
  }
  return shown.length - tails.length
}
