import { useState } from 'react'
import type { Dial } from '#contract/dialling'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { openBoardDialog, useBoard } from '../board/board-store.ts'
import { sendAction } from '../board/send-action.ts'
import { useRun } from '../board/use-run.ts'
import { suggestions, typedTarget, type DialTarget } from './dial-endpoint.ts'
import { BeingCalled, SentDial } from './dial-calls.tsx'
import { PickField } from './pick-field.tsx'
import { useKnown } from './use-known.ts'
import './dial-dialog.css'

const close = () => openBoardDialog(undefined)

type Flag = Dial['participant_flags'][number]

const flagTexts: readonly (readonly [Flag, string])[] = [
  ['mute', 'Joins muted'],
  ['deaf', 'Hears nothing'],
  ['is_moderator', 'Moderates'],
  ['ghost', 'Hidden: not counted'],
]

type Order = { from: string; number: string; flags: readonly Flag[] }

const Targets = ({
  targets,
  remove,
}: {
  targets: readonly DialTarget[]
  remove: (endpoint: string) => void
}) => (
  <ul className="dial-targets" aria-label="Who is called">
    {targets.map(({ endpoint, label, detail }) => (
      <li key={endpoint} className="dial-target">
        <bdi className="truncate">{label}</bdi>
        <span className="faint truncate">{detail}</span>
        <IconButton icon="close" label={`Do not call ${label}`} onPress={() => remove(endpoint)} />
      </li>
    ))}
  </ul>
)

type FormProps = {
  targets: readonly DialTarget[]
  setTargets: (targets: readonly DialTarget[]) => void
  text: string
  setText: (text: string) => void
  problem: string | undefined
  order: Order
  setOrder: (order: Order) => void
  call: () => void
}

const Form = (props: FormProps) => {
  const { targets, setTargets, text, setText, problem, order, setOrder, call } = props
  const known = useKnown()
  // A list that stays open after one was picked hides everything below.
  const options = text.trim() === '' ? [] : suggestions(text, known, targets)
  const pick = (endpoint: string) => {
    const target = options.find((each) => each.endpoint === endpoint)
    if (target) setTargets([...targets, target])
    setText('')
  }
  const toggle = (flag: Flag, isOn: boolean) =>
    setOrder({
      ...order,
      flags: isOn ? [...order.flags, flag] : order.flags.filter((each) => each !== flag),
    })
  return (
    <div className="dial-form">
      {targets.length > 0 ? (
        <Targets
          targets={targets}
          remove={(endpoint) => setTargets(targets.filter((each) => each.endpoint !== endpoint))}
        />
      ) : null}
      <PickField
        label={targets.length > 0 ? 'And whom else?' : 'Whom to call'}
        placeholder="A name, a number or sip:ada@example.com"
        text={text}
        onText={setText}
        options={options.map(({ endpoint: id, label, detail }) => ({ id, label, detail }))}
        onPick={pick}
        onEnter={() => {
          const target = typedTarget(text) ?? options[0]
          if (target) pick(target.endpoint)
          else call()
        }}
        error={problem}
        autoFocus
      />
      <div className="dial-caller">
        <TextField
          label="Name the phone shows"
          value={order.from}
          onChange={(from) => setOrder({ ...order, from })}
          placeholder="The conference’s name"
          maxLength={128}
        />
        <TextField
          label="Number it shows"
          isMono
          value={order.number}
          onChange={(number) => setOrder({ ...order, number })}
          placeholder="The conference’s number"
          maxLength={128}
        />
      </div>
      <div className="dial-flags">
        {flagTexts.map(([flag, title]) => (
          <Switch
            key={flag}
            isSelected={order.flags.includes(flag)}
            onChange={(isOn) => toggle(flag, isOn)}
          >
            {title}
          </Switch>
        ))}
      </div>
    </div>
  )
}

const dialOf = (targets: readonly DialTarget[], { from, number, flags }: Order) => ({
  endpoints: targets.map(({ endpoint }) => endpoint),
  participant_flags: [...flags],
  ...(from.trim() !== '' && { caller_id_name: from.trim() }),
  ...(number.trim() !== '' && { caller_id_number: number.trim() }),
})

/** Calls people into the conference, and shows how far each call is. */
export const DialDialog = ({ number = '' }: { number?: string }) => {
  const [targets, setTargets] = useState<readonly DialTarget[]>([])
  const [text, setText] = useState(number)
  const [problem, setProblem] = useState<string>()
  const [order, setOrder] = useState<Order>({ from: '', number: '', flags: [] })
  const [sentId, setSentId] = useState<number>()
  const [wasRunning] = useState(() => useBoard.getState().instanceId !== undefined)
  const hasEnded = !useRun() && wasRunning
  const call = () => {
    const typed = text.trim() === '' ? [] : [typedTarget(text)]
    const all = [...targets, ...typed.filter((target) => target !== undefined)]
    if (typed.includes(undefined)) {
      setProblem('This is neither somebody here nor a number nor a SIP address.')
      return
    }
    if (all.length === 0) return
    setTargets(all)
    setText('')
    setSentId(sendAction({ kind: 'dial', dial: dialOf(all, order) }))
  }
  const isSent = sentId !== undefined
  const count = targets.length + (text.trim() === '' ? 0 : 1)
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title="Call people in"
      {...(hasEnded &&
        !isSent && {
          description: 'The conference has ended. Who is called now comes into a new one.',
        })}
      footer={
        isSent ? (
          <>
            <Button
              onPress={() => {
                setTargets([])
                setSentId(undefined)
              }}
            >
              Call somebody else
            </Button>
            <Button key="sent" variant="primary" autoFocus onPress={close}>
              Close
            </Button>
          </>
        ) : (
          <>
            <Button onPress={close}>Cancel</Button>
            <Button
              key="form"
              variant="primary"
              whyNot={count === 0 ? 'Say whom to call first.' : undefined}
              onPress={call}
            >
              {hasEnded ? 'Call anyway' : count > 1 ? `Call ${count}` : 'Call'}
            </Button>
          </>
        )
      }
    >
      {isSent ? (
        <SentDial actionId={sentId} targets={targets} />
      ) : (
        <div className="dial-form">
          <BeingCalled />
          <Form
            targets={targets}
            setTargets={setTargets}
            text={text}
            setText={(next) => {
              setText(next)
              setProblem(undefined)
            }}
            problem={problem}
            order={order}
            setOrder={setOrder}
            call={call}
          />
        </div>
      )}
    </Dialog>
  )
}
