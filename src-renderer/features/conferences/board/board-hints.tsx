import { Button } from '../../../ui/button.tsx'
import { muteNoisiest } from './board-actions.ts'
import { useNoise } from './board-clock.ts'
import { useParticipantFact } from './board-store.ts'
import { nameOf } from './row-order.ts'
import { settleOrder, useShownOrder } from './shown-order.ts'

/** What the order would change, for who is in the list and must not be disturbed. */
const Changes = () => {
  const changes = useShownOrder((state) => state.changes)
  if (changes === 0) return null
  return (
    <Button command="conferences.settle" onPress={settleOrder}>
      {changes} order {changes === 1 ? 'change' : 'changes'}
    </Button>
  )
}

const NoiseButton = () => {
  const worst = useNoise(({ noisy: [first] }) => first)
  const name = useParticipantFact(worst, nameOf)
  if (name === undefined) return null
  return (
    <Button command="conferences.mute-noise" onPress={muteNoisiest}>
      <span className="truncate">
        Mute the noisy line: <bdi>{name}</bdi>
      </span>
    </Button>
  )
}

/** What could be done now, over the end of the list. */
export const BoardHints = () => (
  <div className="board-hints">
    <Changes />
    <NoiseButton />
  </div>
)
