import type { RefObject } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { ListenIn } from '../inspector/listen-in.tsx'
import { kick, toggleDeaf, toggleMute } from './board-actions.ts'
import { useNoise } from './board-clock.ts'
import { useCounts } from './board-counts.ts'
import { openBoardDialog, useBoard, useBoardView, type BoardFilter } from './board-store.ts'
import { moveCursor, selectedKeys, selectNone } from './selection.ts'
import { useShownOrder } from './shown-order.ts'

const titles: readonly (readonly [BoardFilter, string])[] = [
  ['everyone', 'Everyone'],
  ['talking', 'Talking'],
  ['muted', 'Muted'],
  ['moderators', 'Moderators'],
  ['noise', 'Noise'],
]

/** One by one: of five counts one changes all the time. */
const Filter = ({ id, title }: { id: BoardFilter; title: string }) => {
  const isPressed = useBoardView(({ filter }) => filter === id)
  // As many as it would list, and that is everybody who is hidden, too.
  const counted = useCounts((counts) =>
    id === 'noise' ? 0 : id === 'everyone' ? counts.everyone + counts.hidden : counts[id],
  )
  const noisy = useNoise((noise) => (id === 'noise' ? noise.noisy.size : 0))
  return (
    <Chip
      pressed={isPressed}
      // Pressed again it shows everybody.
      onChange={(on) => useBoardView.setState({ filter: on ? id : 'everyone' })}
      glyph={noisy > 0 ? '!' : undefined}
      count={id === 'noise' ? noisy : counted}
    >
      {title}
    </Chip>
  )
}

const Filters = () => (
  <div role="group" aria-label="Show" className="board-filters">
    {titles.map(([id, title]) => (
      <Filter key={id} id={id} title={title} />
    ))}
  </div>
)

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

/** From the search to the first who was found, where the keys act on people. */
const goToFound = () => {
  const [first] = useShownOrder.getState().keys
  if (first === undefined) return
  moveCursor(first)
  document.querySelector<HTMLElement>('.board-content [role="grid"]')?.focus()
}

export const FilterBar = ({ input }: { input: RefObject<HTMLInputElement | null> }) => {
  const search = useBoardView((state) => state.search)
  const selected = useBoardView((state) => state.selected.size)
  const conferenceId = useBoard((state) => state.conferenceId)
  return (
    <div className="board-bar">
      {selected > 0 ? <Selection count={selected} /> : <Filters />}
      <span className="board-bar-gap" />
      <ListenIn conferenceId={conferenceId} />
      <SearchField
        label="Search people"
        command="conferences.search"
        value={search}
        onChange={(text) => useBoardView.setState({ search: text })}
        inputRef={input}
        onDown={goToFound}
      />
    </div>
  )
}
