import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { ChoiceGroup } from '../../../ui/choice-group.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { suggestions, typedTarget, type DialTarget } from '../dialogs/dial-endpoint.ts'
import { openTestCall, useConferencesState } from '../conferences-state.ts'
import { PickField } from '../dialogs/pick-field.tsx'
import { useKnown } from '../dialogs/use-known.ts'
import { Legs } from '../dialogs/legs.tsx'
import { useTestCall, type TestCallRole, type TestCallState } from './use-test-call.ts'

const roles = [
  { value: 'member', label: 'Member' },
  { value: 'moderator', label: 'Moderator' },
] as const

const phaseText = ({ phase, isStopping, legs }: TestCallState): string => {
  if (phase === 'calling')
    return isStopping ? 'It is being stopped.' : 'It rings for 30 seconds at most.'
  if (phase === 'answered') return 'It is in the conference: what it hears now, callers hear.'
  if (phase === 'over') return legs.some(({ state }) => state === 'answered') ? 'Hung up.' : ''
  return ''
}

const Progress = ({ call }: { call: TestCallState }) => (
  <div className="dial-progress">
    {call.legs.length > 0 ? <Legs legs={call.legs} /> : null}
    {call.failure === undefined ? null : (
      <p role="alert" className="tone-bad">
        {call.failure}
      </p>
    )}
    {call.unstopped === undefined || call.phase !== 'calling' ? null : (
      <p role="alert" className="tone-bad">
        Not stopped: {call.unstopped} It is hung up as soon as it answers.
      </p>
    )}
    <p className="muted" aria-live="polite">
      {phaseText(call)}
    </p>
  </div>
)

type AskProps = {
  text: string
  setText: (text: string) => void
  isPicked: boolean
  problem: string | undefined
  role: TestCallRole
  setRole: (role: TestCallRole) => void
  onTarget: (target: DialTarget) => void
  onEnter: () => void
}

const Ask = (props: AskProps) => {
  const { text, setText, isPicked, problem, role, setRole, onTarget, onEnter } = props
  const known = useKnown()
  const box = useRef<HTMLDivElement>(null)
  // Above a form autoFocus comes too early: the form takes the focus back.
  useEffect(() => box.current?.querySelector('input')?.focus(), [])
  // A list that stays open after one was picked hides everything below.
  const options = isPicked || text.trim() === '' ? [] : suggestions(text, known, [])
  return (
    <div ref={box} className="dial-form">
      <PickField
        label="Which phone"
        placeholder="sip:ada@example.com, or a phone here"
        text={text}
        onText={setText}
        options={options.map(({ endpoint: id, label, detail }) => ({ id, label, detail }))}
        onPick={(id) => {
          const target = options.find(({ endpoint }) => endpoint === id)
          if (target) onTarget(target)
        }}
        onEnter={onEnter}
        error={problem}
      />
      <ChoiceGroup label="It comes in as" options={roles} value={role} onChange={setRole} />
    </div>
  )
}

type TestCallDialogProps = { id: string; title: string; onClose: () => void }

const TestCallDialog = ({ id, title, onClose }: TestCallDialogProps) => {
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<DialTarget>()
  const [problem, setProblem] = useState<string>()
  const [role, setRole] = useState<TestCallRole>('member')
  const call = useTestCall(id)
  const begin = () => {
    const target = picked ?? typedTarget(text)
    if (target) call.start(target, role)
    else setProblem('This is neither a phone here nor a number nor a SIP address.')
  }
  const isAsking = call.phase === 'idle'
  const isOn = call.phase === 'calling' || call.phase === 'answered'
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Test call into “${title}”`}
      description="Nobody has to be in it. What is not saved yet does not count."
      footer={
        <>
          <Button onPress={onClose}>{isAsking ? 'Cancel' : 'Close'}</Button>
          {isOn ? (
            <Button variant="danger" autoFocus isPending={call.isStopping} onPress={call.stop}>
              {call.phase === 'answered' ? 'Hang up' : 'Stop'}
            </Button>
          ) : null}
          {call.phase === 'over' ? (
            <Button variant="primary" autoFocus onPress={call.reset}>
              Call again…
            </Button>
          ) : null}
          {isAsking ? (
            <Button
              variant="primary"
              whyNot={text.trim() === '' ? 'Say which phone first.' : undefined}
              onPress={begin}
            >
              Call
            </Button>
          ) : null}
        </>
      }
    >
      {isAsking ? (
        <Ask
          text={text}
          setText={(next) => {
            setText(next)
            setPicked(undefined)
            setProblem(undefined)
          }}
          isPicked={picked !== undefined}
          problem={problem}
          role={role}
          setRole={setRole}
          onTarget={(target) => {
            setText(target.label)
            setPicked(target)
          }}
          onEnter={begin}
        />
      ) : (
        <Progress call={call} />
      )}
    </Dialog>
  )
}

/**
 * Calls one phone into a conference to hear it as callers do, once that was asked for. A form that is open has it inside
 * itself: a dialog beside another one does not get the focus.
 */
export const TestCall = () => {
  const asked = useConferencesState((state) => state.testCall)
  return asked ? (
    <TestCallDialog key={asked.id} {...asked} onClose={() => openTestCall(undefined)} />
  ) : null
}
