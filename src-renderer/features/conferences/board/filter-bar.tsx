import type { RefObject } from 'react'
import { useShallow } from 'zustand/shallow'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { kick, muteNoisiest, toggleDeaf, toggleMute } from './board-actions.ts'
import { useNoise } from './board-clock.ts'
import { countsOf } from './board-counts.ts'
import { openBoardDialog, useBoard, useBoardView, type BoardFilter } from './board-store.ts'
import { selectedKeys, selectNone } from './selection.ts'
import { settleOrder, useShownOrder } from './shown-order.ts'

const titles: readonly (readonly [BoardFilter, string])[] = [
  ['everyone', 'Everyone'],
  ['talking', 'Talking'],
  ['muted', 'Muted'],
  ['moderators', 'Moderators'],
  ['noise', 'Noise'],
]

const Filters = () => {
  const filter = useBoardView((state) => state.filter)
  const counts = useBoard(useShallow(countsOf))
  const noise = useNoise(({ noisy }) => noisy.size)
  const countOf = (id: BoardFilter) => (id === 'noise' ? noise : counts[id])
  return (
    <div role="group" aria-label="Show" className="board-filters">
      {titles.map(([id, title]) => (
        <Chip
          key={id}
          pressed={filter === id}
          // Pressed again it shows everybody.
          onChange={(on) => useBoardView.setState({ filter: on ? id : 'everyone' })}
          glyph={id === 'noise' && noise > 0 ? '!' : undefined}
          count={countOf(id)}
        >
          {title}
        </Chip>
      ))}
    </div>
  )
}

const Selection = ({ count }: { count: number }) => (
  <div role="group" aria-label="Selected" className="board-selection">
    <span>{count} selected</span>
    <Button command="conferences.mute-selected" onPress={() => toggleMute(selectedKeys())}>
      Mute
    </Button>
    <Button command="conferences.deaf-selected" onPress={() => toggleDeaf(selectedKeys())}>
      Deaf
    </Button>
    <Button
      command="conferences.play-selected"
      onPress={() => openBoardDialog({ kind: 'play', keys: selectedKeys() })}
    >
      Play…
    </Button>
    <Button
      variant="danger"
      command="conferences.kick-selected"
      onPress={() => kick(selectedKeys())}
    >
      Remove
    </Button>
    <Button variant="quiet" command="conferences.escape" onPress={selectNone}>
      Clear
    </Button>
  </div>
)

/** What the order would change, for who is in the list and must not be disturbed. */
const Changes = () => {
  const changes = useShownOrder((state) => state.changes)
  if (changes === 0) return null
  return (
    <Button variant="quiet" command="conferences.settle" onPress={settleOrder}>
      {changes} order {changes === 1 ? 'change' : 'changes'}
    </Button>
  )
}

const NoiseButton = () => {
  const hasNoise = useNoise(({ noisy }) => noisy.size > 0)
  if (!hasNoise) return null
  return (
    <Button variant="quiet" command="conferences.mute-noise" onPress={muteNoisiest}>
      Mute the noisy line
    </Button>
  )
}

export const FilterBar = ({ input }: { input: RefObject<HTMLInputElement | null> }) => {
  const search = useBoardView((state) => state.search)
  const selected = useBoardView((state) => state.selected.size)
  return (
    <div className="board-bar">
      {selected > 0 ? <Selection count={selected} /> : <Filters />}
      <span className="board-bar-gap" />
      <Changes />
      {selected > 0 ? null : <NoiseButton />}
      <SearchField
        label="Search people"
        command="conferences.search"
        value={search}
        onChange={(text) => useBoardView.setState({ search: text })}
        inputRef={input}
      />
    </div>
  )
}
