import { Button } from '../../../ui/button.tsx'
import { muteNoisiest } from './board-actions.ts'
import { useNoise } from './board-clock.ts'
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
  const hasNoise = useNoise(({ noisy }) => noisy.size > 0)
  if (!hasNoise) return null
  return (
    <Button command="conferences.mute-noise" onPress={muteNoisiest}>
      Mute the noisy line
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
