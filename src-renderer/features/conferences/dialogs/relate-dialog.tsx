import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { ChoiceGroup } from '../../../ui/choice-group.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import type { BoardRow, ParticipantKey } from '../board/board-state.ts'
import { openBoardDialog, useBoard } from '../board/board-store.ts'
import { nameOf } from '../board/row-order.ts'
import { planRelation, type RelationKind } from '../inspector/relation-text.ts'
import { useRun } from '../board/use-run.ts'
import { PickField } from './pick-field.tsx'
import { setRelations } from './set-relation.ts'
import './relate-dialog.css'

const close = () => openBoardDialog(undefined)

const kinds: readonly { value: RelationKind; label: string }[] = [
  { value: 'mute', label: 'is not heard by' },
  { value: 'deaf', label: 'does not hear' },
  { value: 'whisper', label: 'is heard only by' },
  { value: 'clear', label: 'as everyone with' },
]

const MOST_SHOWN = 8

const fitting = (rows: readonly BoardRow[], typed: string, without: ParticipantKey | undefined) => {
  const words = typed.trim().toLowerCase().split(/\s+/)
  return rows
    .filter(({ key }) => key !== without)
    .filter((row) =>
      words.every((word) => `${nameOf(row)} ${row.number}`.toLowerCase().includes(word)),
    )
    .slice(0, MOST_SHOWN)
    .map((row) => ({
      id: row.key,
      label: nameOf(row),
      detail: [row.number, row.isModerator ? 'moderator' : ''].filter(Boolean).join(' · '),
    }))
}

type PersonProps = {
  label: string
  person: BoardRow | undefined
  /** Who cannot be chosen: the other one. */
  without: ParticipantKey | undefined
  onChange: (key: ParticipantKey | undefined) => void
}

const Person = ({ label, person, without, onChange }: PersonProps) => {
  const [text, setText] = useState('')
  const participants = useBoard((state) => state.participants)
  if (person)
    return (
      <div className="relate-person">
        <span className="field-label">{label}</span>
        <span className="relate-chosen">
          <bdi className="truncate">{nameOf(person)}</bdi>
          <span className="faint truncate">
            {person.number === nameOf(person) ? '' : person.number}
          </span>
          <IconButton
            icon="close"
            label={`Choose somebody else than ${nameOf(person)}`}
            onPress={() => onChange(undefined)}
          />
        </span>
      </div>
    )
  const options = fitting([...participants.values()], text, without)
  const [first] = options
  return (
    <PickField
      label={label}
      placeholder="Name or number"
      text={text}
      onText={setText}
      options={options}
      onPick={(key) => {
        setText('')
        onChange(key)
      }}
      onEnter={() => {
        if (first && text.trim() !== '') onChange(first.id)
      }}
      autoFocus
    />
  )
}

/** Who is heard by whom: its effect is said before it is set. */
export const RelateDialog = ({ participantKey }: { participantKey: ParticipantKey }) => {
  const { participants, relations } = useBoard()
  const [one, setOne] = useState<ParticipantKey | undefined>(participantKey)
  const [other, setOther] = useState<ParticipantKey>()
  const [kind, setKind] = useState<RelationKind>('mute')
  const isRunning = useRun()
  const [isPending, setPending] = useState(false)
  const [failure, setFailure] = useState<string>()
  const first = one === undefined ? undefined : participants.get(one)
  const second = other === undefined ? undefined : participants.get(other)
  const named = (key: ParticipantKey) => {
    const row = participants.get(key)
    return row ? nameOf(row) : 'somebody who left'
  }
  const plan =
    first && second
      ? planRelation(kind, [first.key, second.key], { participants, relations }, named)
      : undefined
  const isSoAlready = plan?.changes.length === 0
  const whyNot = !isRunning
    ? 'The conference has ended.'
    : plan
      ? isSoAlready
        ? 'It is so already.'
        : undefined
      : 'Choose both of them first.'
  const apply = () => {
    if (!plan || whyNot !== undefined) return
    setPending(true)
    void setRelations(plan, plan.done).then((reason) => {
      setPending(false)
      setFailure(reason)
      if (reason === undefined) close()
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title="Who hears whom"
      {...(isRunning ? {} : { description: whyNot })}
      footer={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button
            // With both chosen there is nothing left to do but this.
            key={plan ? 'ready' : 'waiting'}
            autoFocus={plan !== undefined}
            variant="primary"
            isPending={isPending}
            whyNot={whyNot}
            onPress={apply}
          >
            Apply
          </Button>
        </>
      }
    >
      <div className="relate-form">
        <Person label="Who" person={first} without={other} onChange={setOne} />
        <ChoiceGroup label="How" options={kinds} value={kind} onChange={setKind} />
        <Person label="Whom" person={second} without={one} onChange={setOther} />
        <p className="relate-effect" aria-live="polite">
          {plan ? (
            isSoAlready ? (
              `It is so already. ${plan.effect}`
            ) : (
              plan.effect
            )
          ) : (
            <span className="muted">Who hears whom then is said here before it is set.</span>
          )}
        </p>
        {failure === undefined ? null : (
          <p role="alert" className="tone-bad">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  )
}
