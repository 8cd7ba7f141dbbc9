import type { ConferenceLive } from '#contract/conferences'

/** Filled or hollow, with a bar through what is locked: the shape says what the colour says. */
export const ConferenceState = ({
  live,
}: {
  live: Pick<ConferenceLive, 'is_running' | 'is_locked' | 'is_recording'>
}) => {
  const { is_running: isRunning, is_locked: isLocked, is_recording: isRecording } = live
  const words = [
    isRunning ? 'Running' : 'Nobody in it',
    ...(isLocked ? ['locked'] : []),
    ...(isRecording ? ['recording'] : []),
  ]
  return (
    <span className={`conference-state conference-state-${isRunning ? 'on' : 'off'}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <circle cx="5" cy="5" r="3.75" />
        {isLocked ? <path d="M1.5 5h7" /> : null}
      </svg>
      {words.join(', ')}
    </span>
  )
}
