import { useEffect, useRef } from 'react'
import { listener, useListening } from '../../../audio/listen/listening.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useToasts } from '../../../ui/toast-store.ts'
import { useCommand } from '../../../ui/use-command.ts'
import { useBoard } from '../board/board-store.ts'
import { openListenStream } from './queries.ts'
import './listen-in.css'

/** Loudness as the ear takes it: 60 dB from left to right. */
const levelShare = (rms: number): number =>
  rms <= 0 ? 0 : Math.min(1, Math.max(0, 1 + (20 * Math.log10(rms)) / 60))

/** How loud and how late, in place of the words. */
const Meter = () => {
  const level = useListening((state) => state.level)
  const delayMs = useListening((state) => state.delayMs)
  return (
    <>
      <span className="listen-meter">
        <span style={{ transform: `scaleX(${levelShare(level)})` }} />
      </span>
      <span className="listen-delay mono" title="How far behind the room this is">
        {delayMs > 0 ? `${(delayMs / 1000).toFixed(2)} s` : '…'}
      </span>
    </>
  )
}

const { show } = useToasts.getState()

/** Why it is silent again, where nobody asked for that. */
const useReports = () => {
  const state = useListening((listening) => listening.state)
  const error = useListening((listening) => listening.error)
  useEffect(() => {
    if (state === 'failed') show({ tone: 'bad', text: `You do not hear it: ${error ?? ''}` })
    if (state === 'blocked')
      show({ tone: 'warn', text: 'The browser plays no sound before a key is pressed here.' })
    if (state === 'ended') show({ tone: 'info', text: 'What you listened to has ended.' })
  }, [state, error])
  return state
}

const words = { connecting: 'Connecting…', blocked: 'Press any key to hear it' }

/** Hears the room with one key, without being in it; stops with it, or when the page is left. */
export const ListenIn = ({ conferenceId }: { conferenceId: string }) => {
  const isRunning = useBoard(({ phase }) => phase === 'running')
  const state = useReports()
  useEffect(() => listener.stop, [conferenceId])
  const isWaiting = state === 'connecting' || state === 'blocked'
  const isOn = state === 'playing' || isWaiting
  const toggle = () => {
    // The key or the press that was asked for lets it be heard: it must not end it.
    if (state === 'blocked') return
    if (isOn) listener.stop()
    else listener.start(conferenceId, openListenStream(conferenceId))
  }
  // It is heard from the beginning of a press on, and toggled at its end.
  const wasBlocked = useRef(false)
  useCommand({
    id: 'conferences.listen',
    title: 'Listen in, or stop it',
    group: 'Conference',
    keys: 'l',
    when: isRunning || isOn,
    run: toggle,
  })
  return (
    <Button
      variant={isOn ? 'primary' : 'quiet'}
      className="listen"
      aria-pressed={isOn}
      command="conferences.listen"
      isDisabled={!isRunning && !isOn}
      onPressStart={() => {
        wasBlocked.current = state === 'blocked'
      }}
      onPress={() => {
        if (!wasBlocked.current) toggle()
      }}
    >
      {state === 'playing' ? (
        <>
          <span className="visually-hidden">Listen in</span>
          <Meter />
        </>
      ) : (
        <>
          <Icon name="speak" />
          {isWaiting ? words[state] : 'Listen in'}
        </>
      )}
    </Button>
  )
}
