import type { PhoneRow } from './phone-text.ts'

type State = 'on' | 'off' | 'disabled'

const texts: Record<State, string> = {
  on: 'Registered',
  off: 'Not registered',
  disabled: 'Switched off',
}

const stateOf = ({ enabled, registrations }: Pick<PhoneRow, 'enabled' | 'registrations'>): State =>
  !enabled ? 'disabled' : registrations.length > 0 ? 'on' : 'off'

/** Filled, hollow or crossed out: the shape says what the colour says. */
export const DeviceState = (props: Pick<PhoneRow, 'enabled' | 'registrations'>) => {
  const state = stateOf(props)
  return (
    <span className={`phone-state phone-state-${state}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <circle cx="5" cy="5" r="3.75" />
        {state === 'disabled' ? <path d="M2.4 7.6 7.6 2.4" /> : null}
      </svg>
      {texts[state]}
    </span>
  )
}
