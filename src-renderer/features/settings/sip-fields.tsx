import type { SipSettingsChange, SipSettingsReply } from '#contract/sip'
import { TextArea, TextField } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'

type Values = SipSettingsReply & { trunk: { password?: string } }

type Fields = {
  values: Values
  change: (change: SipSettingsChange) => void
  errorOf: (field: string) => string | undefined
}

const plain = { useGrouping: false }

export const ListenFields = ({ values, change, errorOf }: Fields) => (
  <>
    <Switch
      isSelected={values.enabled}
      onChange={(enabled) => change({ enabled })}
      help="Off: no phone registers and nobody calls."
    >
      Listen for phones
    </Switch>
    <div className="settings-pair">
      <TextField
        label="Address of this machine"
        help="127.0.0.1 for phones on this machine only, 0.0.0.0 for all its networks."
        isMono
        value={values.bind}
        onChange={(bind) => change({ bind })}
        error={errorOf('bind')}
      />
      <NumberField
        label="Port"
        help="For UDP and TCP. --sip-port wins over it."
        minValue={0}
        maxValue={65_535}
        formatOptions={plain}
        value={values.port}
        onChange={(port) => change({ port })}
        error={errorOf('port')}
      />
    </div>
    <TextField
      label="Realm"
      help="What phones authenticate for. Empty: the realm of the first account."
      isMono
      value={values.realm}
      onChange={(realm) => change({ realm })}
      error={errorOf('realm')}
    />
  </>
)

export const AccessFields = ({ values, change, errorOf }: Fields) => (
  <>
    <Switch
      isSelected={values.authenticate_calls}
      onChange={(authenticate_calls) => change({ authenticate_calls })}
      help="Registering always asks for the password."
    >
      Calls must prove which phone they come from
    </Switch>
    <TextArea
      label="Addresses that are answered"
      help="One address or network per line, such as 192.168.1.0/24. Empty: all."
      rows={3}
      value={values.allow_list.join('\n')}
      onChange={(text) => change({ allow_list: text === '' ? [] : text.split('\n') })}
      error={errorOf('allow_list')}
    />
    <div className="settings-pair">
      <NumberField
        label="Wrong passwords of one address"
        help="More are not looked at until the time is over."
        minValue={1}
        value={values.failures_per_source}
        onChange={(failures_per_source) => change({ failures_per_source })}
        error={errorOf('failures_per_source')}
      />
      <NumberField
        label="Counted for"
        unit="s"
        minValue={1}
        value={values.failure_window}
        onChange={(failure_window) => change({ failure_window })}
        error={errorOf('failure_window')}
      />
    </div>
  </>
)

export const RegistrationFields = ({ values, change, errorOf }: Fields) => (
  <div className="settings-pair">
    <NumberField
      label="Shortest registration"
      unit="s"
      minValue={1}
      value={values.minimum_expires}
      onChange={(minimum_expires) => change({ minimum_expires })}
      error={errorOf('minimum_expires')}
    />
    <NumberField
      label="Longest registration"
      unit="s"
      minValue={1}
      value={values.maximum_expires}
      onChange={(maximum_expires) => change({ maximum_expires })}
      error={errorOf('maximum_expires')}
    />
  </div>
)

const transports = [
  { value: 'udp', label: 'UDP' },
  { value: 'tcp', label: 'TCP' },
] as const

export const TrunkFields = ({ values: { trunk }, change, errorOf }: Fields) => {
  const set = (part: NonNullable<SipSettingsChange['trunk']>) => change({ trunk: part })
  return (
    <fieldset className="settings-group">
      <legend className="section-title">Trunk</legend>
      <p className="muted">The provider that is to carry calls to numbers outside.</p>
      <div className="settings-pair">
        <TextField
          label="Host"
          placeholder="sip.example.com"
          isMono
          value={trunk.host}
          onChange={(host) => set({ host })}
          error={errorOf('trunk.host')}
        />
        <div className="settings-pair">
          <NumberField
            label="Port"
            minValue={1}
            maxValue={65_535}
            formatOptions={plain}
            value={trunk.port}
            onChange={(port) => set({ port })}
            error={errorOf('trunk.port')}
          />
          <Select
            label="Transport"
            options={transports}
            value={trunk.transport}
            onChange={(transport) => set({ transport })}
          />
        </div>
      </div>
      <div className="settings-pair">
        <TextField
          label="User name"
          isMono
          autoComplete="off"
          value={trunk.username}
          onChange={(username) => set({ username })}
          error={errorOf('trunk.username')}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          placeholder={trunk.has_password ? 'kept, not shown' : ''}
          value={trunk.password ?? ''}
          onChange={(password) => set({ password })}
          error={errorOf('trunk.password')}
        />
      </div>
    </fieldset>
  )
}
