import { useLive } from './queries.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useClock } from './board-clock.ts'
import { refreshBoard } from './board-session.ts'
import { useBoard } from './board-store.ts'

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

/** Why what is shown may not be how it is; nothing while it is. */
export const ConnectionBanner = () => {
  const isConnected = useLive(({ state }) => state === 'open')
  const wasRead = useBoard((board) => board.readAtMs !== undefined)
  const gap = useBoard((board) => board.gap)
  const problem = useBoard((board) => (board.phase === 'running' ? board.problem : undefined))
  const isLost = !isConnected && wasRead
  const asOfMs = useClock((clock) => (isLost ? clock.asOfMs : 0))
  const nowMs = useClock((clock) => (isLost ? clock.nowMs : 0))
  if (!isLost && !gap && problem === undefined) return null
  const seconds = Math.max(0, Math.round((nowMs - asOfMs) / 1000))
  return (
    <p role="status" className="board-banner">
      <Icon name="warning" />
      {isLost ? (
        <span>
          No connection since {clock.format(asOfMs)}: what you see was so then.{' '}
          {/* Not read again every second. */}
          <span aria-hidden="true">{seconds} s ago; trying again.</span>
        </span>
      ) : gap ? (
        <span>
          Events since {clock.format(gap.fromMs)} are missing: everything is being read again.
        </span>
      ) : (
        <span>It could not be read again: {problem}</span>
      )}
      {isLost ? null : <Button onPress={refreshBoard}>Read again</Button>}
    </p>
  )
}
