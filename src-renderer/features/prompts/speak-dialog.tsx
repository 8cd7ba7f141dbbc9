import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { matchesKeys } from '../../lib/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { isOwned } from './cell-state.ts'
import { mediaIdOf, type Place } from './media-id.ts'
import { detailsQuery, scriptsQuery, voicesQuery } from './queries.ts'
import { useDrafts } from './script-drafts.ts'
import type { CellActions } from './use-cell-actions.ts'
import { voiceOptions, type SpokenVoice } from './voice-options.ts'

type SpeakDialogProps = { place: Place; actions: CellActions; onClose: () => void }

type Prefilled = { text: string; voice: SpokenVoice | undefined }

/** The words of the cell, also those not saved yet, and the voice that spoke it last. */
const usePrefilled = (place: Place, isKnown: boolean): Prefilled | undefined => {
  const draft = useDrafts(({ draftsById }) => draftsById[mediaIdOf(place)])
  const { data: scripts, isError } = useQuery(scriptsQuery(place.promptId))
  const { data: details } = useQuery({
    ...detailsQuery({ ...place, origin: 'account' }),
    enabled: isKnown,
  })
  if (!scripts && !isError) return undefined
  const script = scripts?.find(({ language }) => language === place.language)
  const tts = details?.document.tts
  return { text: draft?.text ?? script?.text ?? tts?.text ?? '', voice: tts?.voice }
}

/** Makes the file of a cell with the speech engine. */
export const SpeakDialog = ({ place, actions, onClose }: SpeakDialogProps) => {
  const state = actions.stateOf(place)
  const prefilled = usePrefilled(place, isOwned(state))
  const { data: mappings } = useQuery(voicesQuery)
  const { options, hasOwnVoice } = voiceOptions(mappings ?? [], place.language)

  const [written, setWritten] = useState<string>()
  const [chosen, setChosen] = useState<SpokenVoice>()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string>()

  const text = written ?? prefilled?.text ?? ''
  const isOffered = (voice: SpokenVoice | undefined) => options.some(({ value }) => value === voice)
  const last = prefilled?.voice
  const voice = chosen ?? (isOffered(last) ? last : options[0]?.value)

  const canSpeak = text.trim() !== '' && !isBusy && voice !== undefined

  const speak = () => {
    setBusy(true)
    setError(undefined)
    actions.speak(place, text.trim(), voice).then(onClose, (failure: unknown) => {
      setBusy(false)
      setError(failure instanceof Error ? failure.message : String(failure))
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Speak ${place.promptId} in ${place.language}`}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="speak"
            variant="primary"
            keys="mod+enter"
            isDisabled={!canSpeak}
          >
            {isBusy ? 'Speaking…' : state === 'recorded' ? 'Speak and replace' : 'Speak'}
          </Button>
        </>
      }
    >
      <form
        id="speak"
        className="prompt-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (canSpeak) speak()
        }}
        onKeyDown={(event) => {
          if (matchesKeys('mod+enter', event.nativeEvent)) event.currentTarget.requestSubmit()
        }}
      >
        <TextArea
          label="Text"
          lang={place.language}
          rows={4}
          autoFocus
          value={text}
          onChange={setWritten}
          error={error}
        />
        {voice === undefined ? null : (
          <Select
            label="Voice"
            value={voice}
            options={options}
            onChange={setChosen}
            {...(hasOwnVoice ? {} : { help: `No voice speaks ${place.language}.` })}
          />
        )}
      </form>
    </Dialog>
  )
}
