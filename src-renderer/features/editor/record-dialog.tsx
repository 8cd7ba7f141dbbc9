import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { TakeState } from '../../audio/take/take-recorder.ts'
import { takeRecorder } from '../../audio/take/microphone.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { LevelMeter } from './level-meter.tsx'
import { framesText } from './time-text.ts'
import './record-dialog.css'

type RecordDialogProps = {
  isOpen: boolean
  close: () => void
  /** Gets the finished take as a wav. */
  onTake: (take: File) => void
}

const takeName = (now: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `Take ${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}.${two(now.getMinutes())}`
}

const words: Readonly<Record<TakeState['state'], string>> = {
  closed: '',
  asking: 'Waiting for the microphone…',
  listening: 'Ready. Speak and watch the level before you record.',
  recording: 'Recording',
  failed: '',
}

/** After the microphone was lost, what it had given is still there. */
const holdsTake = ({ state, seconds }: Pick<TakeState, 'state' | 'seconds'>) =>
  state === 'recording' || (state === 'failed' && seconds > 0)

type Ending = { isAsked: boolean; goOn: () => void }

/** Before a take is thrown away: a slip of the hand is not to cost what was spoken. */
const LeaveQuestion = ({ goOn, close }: { goOn: () => void; close: () => void }) => (
  <div role="alert" className="record-question">
    <p>Throw away what was recorded?</p>
    <div className="record-actions">
      <Button onPress={goOn} autoFocus>
        Go on
      </Button>
      <Button variant="danger" onPress={close}>
        Throw away
      </Button>
    </div>
  </div>
)

const clippedText = (clipped: number) =>
  `▲ ${clipped === 1 ? '1 sample' : `${clipped} samples`} clipped: turn the microphone down and record again.`

const Actions = ({ use }: { use: () => void }) => {
  const { state, seconds } = useStore(takeRecorder.store)
  const hasTake = holdsTake({ state, seconds })
  return (
    <div className="record-actions">
      {state === 'failed' ? (
        <Button onPress={() => void takeRecorder.open()}>Try again</Button>
      ) : null}
      {state === 'recording' ? (
        <Button onPress={takeRecorder.start}>Start over</Button>
      ) : (
        <Button
          variant={hasTake ? 'default' : 'primary'}
          isDisabled={state !== 'listening'}
          onPress={takeRecorder.start}
          autoFocus
        >
          Record
        </Button>
      )}
      {hasTake ? (
        <Button variant="primary" onPress={use} autoFocus>
          Stop and edit
        </Button>
      ) : null}
    </div>
  )
}

type RecordingProps = Omit<RecordDialogProps, 'isOpen'> & { ending: Ending }

const Recording = ({ onTake, close, ending }: RecordingProps) => {
  const { state, seconds, rms, peak, clipped, error } = useStore(takeRecorder.store)
  const [name, setName] = useState(() => takeName(new Date()))

  useEffect(() => {
    void takeRecorder.open()
    return takeRecorder.close
  }, [])

  const use = () => {
    const take = takeRecorder.stop()
    if (!take) return
    const title = name.trim() === '' ? takeName(new Date()) : name.trim()
    onTake(new File([take], `${title}.wav`, { type: 'audio/wav' }))
    close()
  }
  return (
    <div className="record">
      <TextField label="Name" value={name} onChange={setName} />
      <p className="record-time mono" aria-hidden={state !== 'recording'}>
        {framesText(seconds * 1000, 1000, 'clock')}
      </p>
      <LevelMeter rms={rms} peak={peak} />
      <p role="status" className={state === 'recording' ? 'record-state is-on' : 'record-state'}>
        {words[state]}
      </p>
      {clipped > 0 ? (
        <p role="alert" className="tone-bad">
          {clippedText(clipped)}
        </p>
      ) : null}
      {error === null ? null : (
        <p role="alert" className="tone-bad">
          {error}
        </p>
      )}
      {ending.isAsked ? <LeaveQuestion goOn={ending.goOn} close={close} /> : <Actions use={use} />}
    </div>
  )
}

/** Records a new take from the microphone, with its level before and while it records. */
export const RecordDialog = ({ isOpen, close, onTake }: RecordDialogProps) => {
  const [isAsked, setAsked] = useState(false)
  const leave = () => {
    setAsked(false)
    close()
  }
  const ending: Ending = { isAsked, goOn: () => setAsked(false) }
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={() => (holdsTake(takeRecorder.store.getState()) ? setAsked(true) : leave())}
      title="Record a take"
      size="small"
    >
      <Recording onTake={onTake} close={leave} ending={ending} />
    </Dialog>
  )
}
