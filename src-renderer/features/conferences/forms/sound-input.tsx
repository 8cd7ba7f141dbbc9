import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isPlaying, player, usePlayer } from '../../../audio/player.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Select } from '../../../ui/select.tsx'
import { loadSound, promptsQuery } from '../dialogs/queries.ts'
import type { Sound } from '../dialogs/sound-list.ts'
import { SoundPicker } from '../dialogs/sound-picker.tsx'
import { isGone, mediaNameQuery } from '../queries.ts'
import { valueOf } from './conference-change.ts'
import { labelOf, type FieldName, type FieldValues } from './conference-fields.ts'
import { notesOf, Slot, type FormApi } from './form-api.tsx'
import { listenedId, referenceOf } from './sound-reference.ts'
import './sound-input.css'

type Mode = 'default' | 'none' | 'own'

/** The fields that name a sound; tones may also be on or off. */
export type SoundField = {
  [F in FieldName]-?: string extends NonNullable<FieldValues[F]> ? F : never
}[FieldName]

export type SoundKind = {
  readonly field: SoundField
  /** What is heard while nothing is chosen; undefined where that is nothing. */
  readonly usual?: string
  /** The prompt that is. */
  readonly promptId?: string
  /** Tones are switched by true and false, sounds by a missing and an empty one. */
  readonly isTone?: boolean
}

/** The account's file counts before that of the installation. */
const load = (id: string) => () =>
  loadSound(id, false).catch((error: unknown) => {
    if (isGone(error)) return loadSound(id, true)
    throw error
  })

const Listen = ({ name, id }: { name: string; id: string }) => {
  const playingId = `form ${name} ${id}`
  const isOn = usePlayer(isPlaying(playingId))
  const error = usePlayer((state) => (state.playingId === playingId ? state.error : null))
  return (
    <>
      <IconButton
        icon={isOn ? 'stop' : 'play'}
        label={isOn ? 'Stop listening' : `Listen to “${name}” yourself`}
        onPress={() => player.toggle(playingId, load(id))}
      />
      {error === null ? null : (
        <span role="alert" className="field-error sound-error">
          {error}
        </span>
      )}
    </>
  )
}

const PickDialog = ({
  title,
  onPick,
  onClose,
}: {
  title: string
  onPick: (reference: string) => void
  onClose: () => void
}) => {
  const [sound, setSound] = useState<Sound>()
  const use = () => {
    if (!sound) return
    // Without its language a prompt is heard in that of the conference.
    onPick(sound.id.includes('%2F') ? sound.name : sound.id)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      size="large"
      title={title}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            whyNot={sound ? undefined : 'Choose a sound first.'}
            onPress={use}
          >
            Use this sound
          </Button>
        </>
      }
    >
      <SoundPicker chosen={sound} onChoose={setSound} onEnter={use} />
    </Dialog>
  )
}

const useName = (text: string): string | undefined => {
  const reference = referenceOf(text)
  const id = reference.kind === 'media' ? reference.mediaId : ''
  return useQuery({ ...mediaNameQuery(id), enabled: id !== '' }).data
}

type SoundInputProps = { form: FormApi; sound: SoundKind }

const useLanguage = ({ draft }: FormApi): string | undefined => {
  const source = useQuery(promptsQuery).data?.source_language
  return valueOf(draft, 'language') ?? source
}

/** A reference that is typed, or picked from the library. */
const Own = ({ form, sound: { field }, text }: SoundInputProps & { text: string }) => {
  const [isPicking, setPicking] = useState(false)
  const name = useName(text)
  const language = useLanguage(form)
  const id = listenedId(text, language)
  const write = (reference: string) => form.set(field, reference === '' ? undefined : reference)
  return (
    <div className="sound-own">
      <TextField
        label="Media, prompt, tone string or URL"
        isMono
        value={text}
        onChange={write}
        {...notesOf(form, field, name === undefined ? undefined : `“${name}”`)}
      />
      <div className="sound-buttons">
        <Button onPress={() => setPicking(true)}>Choose…</Button>
        {id === undefined ? (
          text.trim() === '' ? null : (
            <span className="muted sound-unheard">Heard in a test call only</span>
          )
        ) : (
          <Listen name={name ?? text} id={id} />
        )}
      </div>
      {isPicking ? (
        <PickDialog title={labelOf(field)} onPick={write} onClose={() => setPicking(false)} />
      ) : null}
    </div>
  )
}

const modeOf = (value: boolean | string | undefined): Mode => {
  if (value === undefined || value === true) return 'default'
  return value === false || value === '' ? 'none' : 'own'
}

/** What is heard at some moment: the usual, nothing, or a sound of its own. */
export const SoundInput = ({ form, sound }: SoundInputProps) => {
  const { field, usual, promptId, isTone = false } = sound
  const value = valueOf(form.draft, field)
  const language = useLanguage(form)
  const [isOwn, setOwn] = useState(modeOf(value) === 'own')
  const mode = isOwn ? 'own' : modeOf(value)
  const choose = (next: Mode) => {
    setOwn(next === 'own')
    if (next === 'own') return
    const [on, off] = isTone ? [true, false] : [undefined, '']
    form.set(field, next === 'default' ? on : off)
  }
  const usualId = promptId === undefined ? undefined : listenedId(promptId, language)
  const notes = mode === 'own' ? {} : notesOf(form, field)
  return (
    <Slot field={field}>
      <div
        className={mode === 'own' ? 'sound-input sound-input-own' : 'sound-input'}
        role="group"
        aria-label={labelOf(field)}
      >
        <Select
          label={labelOf(field)}
          value={mode}
          options={[
            ...(usual === undefined ? [] : [{ value: 'default' as const, label: usual }]),
            { value: 'none' as const, label: 'Nothing' },
            { value: 'own' as const, label: 'A sound of its own' },
          ]}
          onChange={choose}
          {...notes}
        />
        {mode === 'own' ? (
          <Own form={form} sound={sound} text={typeof value === 'string' ? value : ''} />
        ) : mode === 'default' && usualId !== undefined && promptId !== undefined ? (
          <div className="sound-buttons">
            <Listen name={promptId} id={usualId} />
          </div>
        ) : null}
      </div>
    </Slot>
  )
}
