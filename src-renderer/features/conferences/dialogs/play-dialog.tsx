import { useState } from 'react'
import { durationText } from '../../../lib/duration.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useToasts } from '../../../ui/toast-store.ts'
import type { ParticipantKey } from '../board/board-state.ts'
import { openBoardDialog, useBoard } from '../board/board-store.ts'
import { nameOf } from '../board/row-order.ts'
import { sendActions, whenOver } from '../board/send-action.ts'
import { useRun } from '../board/use-run.ts'
import { audienceText, type Sound } from './sound-list.ts'
import { SoundPicker } from './sound-picker.tsx'

const close = () => openBoardDialog(undefined)

/** Of those it was meant for, who is still there; everybody without keys. */
const useListeners = (keys: readonly ParticipantKey[]) => {
  const participants = useBoard((state) => state.participants)
  const rows = keys.flatMap((key) => participants.get(key) ?? [])
  const [first] = rows
  const count = keys.length === 0 ? participants.size : rows.length
  const whom = rows.length === 1 && first ? nameOf(first) : audienceText(count)
  return { count, whom, present: rows.map(({ key }) => key) }
}

/** What came of it, in a sentence; undefined when all heard it. */
const play = async (sound: Sound, keys: readonly ParticipantKey[]): Promise<string | undefined> => {
  const action = { kind: 'play', mediaId: sound.id } as const
  const ids = sendActions(keys.length === 0 ? [action] : keys.map((key) => ({ ...action, key })))
  const over = await Promise.all(ids.map(whenOver))
  return over.find((each) => each?.status === 'failed')?.reason
}

/** Plays something to one, to a selection or, without keys, to everybody. */
export const PlayDialog = ({ keys }: { keys: readonly ParticipantKey[] }) => {
  const [sound, setSound] = useState<Sound>()
  const [isPending, setPending] = useState(false)
  const [failure, setFailure] = useState<string>()
  const { count, whom, present } = useListeners(keys)
  const isRunning = useRun()
  const whyNot = !isRunning
    ? 'The conference has ended.'
    : count === 0
      ? 'Nobody of them is there any more.'
      : undefined
  const start = () => {
    if (!sound || isPending || whyNot !== undefined) return
    setPending(true)
    setFailure(undefined)
    void play(sound, keys.length === 0 ? [] : present).then((reason) => {
      setPending(false)
      setFailure(reason)
      if (reason !== undefined) return
      useToasts.getState().show({ tone: 'ok', text: `“${sound.name}” plays to ${whom}` })
      close()
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      size="large"
      title={keys.length === 0 ? 'Play to everybody' : `Play to ${whom}`}
      description={
        whyNot ??
        (keys.length === 0
          ? 'It is mixed with what is said, and is in the recording.'
          : 'Nobody else hears it.')
      }
      footer={
        <>
          <span className="play-choice muted">
            {failure === undefined ? (
              sound && `“${sound.name}”, ${durationText(sound.durationMs)}`
            ) : (
              <span role="alert" className="tone-bad">
                {failure}
              </span>
            )}
          </span>
          <Button onPress={close}>Cancel</Button>
          <Button
            variant="primary"
            isPending={isPending}
            whyNot={whyNot ?? (sound ? undefined : 'Choose what to play first.')}
            onPress={start}
          >
            Play to {whom}
          </Button>
        </>
      }
    >
      <SoundPicker chosen={sound} onChoose={setSound} onEnter={start} />
    </Dialog>
  )
}
