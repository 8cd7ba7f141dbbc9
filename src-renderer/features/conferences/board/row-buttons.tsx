import type { MouseEvent } from 'react'
import { toggleDeaf, toggleMute } from './board-actions.ts'
import { refreshBoard } from './board-session.ts'
import type { ParticipantKey } from './board-state.ts'
import { useLatestAction, useParticipantFact } from './board-store.ts'
import { nameOf } from './row-order.ts'
import { retryAction } from './send-action.ts'
import type { SentAction } from './sent-action.ts'

/** A failure is shown until something else is tried; what went well shows as what it did. */
const standing = (action: SentAction | undefined) => {
  const { status, reason = '' } = action ?? {}
  if (status === 'sent') return { tone: 'sent', words: 'sent, not confirmed yet' }
  if (status === 'unconfirmed')
    return { tone: status, words: 'not confirmed for 3 seconds: press to ask again' }
  if (status === 'failed') return { tone: status, words: `failed: ${reason}` }
  return { tone: 'idle', words: undefined }
}

type ToggleProps = {
  letter: 'M' | 'D'
  isOn: boolean
  label: string
  action: SentAction | undefined
  toggle: () => void
}

/** Plain and out of the way of Tab: there are three in each of a thousand rows, and keys do the same. */
const Toggle = ({ letter, isOn, label, action, toggle }: ToggleProps) => {
  const { tone, words } = standing(action)
  const name = words === undefined ? label : `${label} (${words})`
  const press = (event: MouseEvent) => {
    event.stopPropagation()
    if (tone === 'unconfirmed' && action) {
      retryAction(action.id)
      refreshBoard()
    } else if (tone !== 'sent') toggle()
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`row-button row-button-${tone}`}
      aria-pressed={isOn}
      aria-busy={tone === 'sent'}
      aria-label={name}
      title={name}
      onClick={press}
    >
      {letter}
      {tone === 'unconfirmed' ? '?' : tone === 'failed' ? '!' : ''}
    </button>
  )
}

export const RowButtons = ({
  id,
  openMenu,
}: {
  id: ParticipantKey
  openMenu: (id: ParticipantKey, anchor: HTMLElement) => void
}) => {
  const who = useParticipantFact(id, nameOf)
  const speak = useParticipantFact(id, (row) => row.speak)
  const hear = useParticipantFact(id, (row) => row.hear)
  const speakAction = useLatestAction('speak', id)
  const hearAction = useLatestAction('hear', id)
  if (who === undefined) return null
  return (
    <>
      <Toggle
        letter="M"
        isOn={!speak}
        label={speak ? `Mute ${who}` : `Let ${who} talk`}
        action={speakAction}
        toggle={() => toggleMute([id])}
      />
      <Toggle
        letter="D"
        isOn={!hear}
        label={hear ? `Make ${who} deaf` : `Let ${who} hear`}
        action={hearAction}
        toggle={() => toggleDeaf([id])}
      />
      <button
        type="button"
        tabIndex={-1}
        className="row-button"
        aria-label={`More about ${who}`}
        aria-haspopup="menu"
        onClick={(event) => {
          event.stopPropagation()
          openMenu(id, event.currentTarget)
        }}
      >
        …
      </button>
    </>
  )
}
