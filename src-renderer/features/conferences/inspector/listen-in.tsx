import { useEffect } from 'react'
import { listener, useListening } from '../../../audio/listen/listening.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useCommand } from '../../../ui/use-command.ts'
import { useBoard } from '../board/board-store.ts'
import { openListenStream } from './queries.ts'
import './listen-in.css'

/** Loudness as the ear takes it: 60 dB from left to right. */
const levelShare = (rms: number): number =>
  rms <= 0 ? 0 : Math.min(1, Math.max(0, 1 + (20 * Math.log10(rms)) / 60))

const Meter = () => {
  const level = useListening((state) => state.level)
  const delayMs = useListening((state) => state.delayMs)
  return (
    <>
      <span className="listen-meter" aria-hidden="true">
        <span style={{ transform: `scaleX(${levelShare(level)})` }} />
      </span>
      <span className="listen-delay mono">{delayMs > 0 ? `${delayMs} ms behind` : '…'}</span>
    </>
  )
}

/** Hears the room with one key, without being in it; stops with it, or when the page is left. */
export const ListenIn = ({ conferenceId }: { conferenceId: string }) => {
  const isRunning = useBoard(({ phase }) => phase === 'running')
  const state = useListening((listening) => listening.state)
  const error = useListening((listening) => listening.error)
  useEffect(() => listener.stop, [conferenceId])
  const isOn = state === 'playing' || state === 'connecting' || state === 'blocked'
  const toggle = () =>
    isOn ? listener.stop() : listener.start(conferenceId, openListenStream(conferenceId))
  useCommand({
    id: 'conferences.listen',
    title: 'Listen in, or stop it',
    group: 'Conference',
    keys: 'l',
    when: isRunning || isOn,
    run: toggle,
  })
  return (
    <span className="listen">
      <span className="listen-words" role="status">
        {state === 'blocked' ? 'Press any key to hear it.' : null}
        {state === 'failed' ? <span className="tone-bad">{error}</span> : null}
        {state === 'ended' ? <span className="muted">The sound has ended.</span> : null}
      </span>
      {state === 'playing' ? <Meter /> : null}
      <Button
        variant={isOn ? 'primary' : 'quiet'}
        aria-pressed={isOn}
        command="conferences.listen"
        isDisabled={!isRunning && !isOn}
        onPress={toggle}
      >
        <Icon name="speak" />
        {isOn ? 'Listening' : 'Listen in'}
      </Button>
    </span>
  )
}
