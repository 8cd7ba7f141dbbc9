import { useQuery } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import type { DeviceDocument, Registration } from '#contract/devices'
import { whenText } from '../../lib/gregorian.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { KeyValue } from '../../ui/key-value.tsx'
import { PanelSection, SidePanel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { Switch } from '../../ui/switch.tsx'
import { changeOf, valuesOf } from './device-change.ts'
import { DeviceFields } from './device-fields.tsx'
import { DeviceState } from './device-state.tsx'
import { PhoneSetup } from './phone-setup.tsx'
import { dropDraft, editDraft, usePhonesState, type DeviceDraft } from './phones-state.ts'
import { problemsOf, deviceQuery, useChangeDevice } from './queries.ts'

const fields = ['name', 'owner_id', 'sip.username', 'sip.password']
const noDraft: DeviceDraft = {}

const Contact = ({ registration }: { registration: Registration }) => {
  const { contact, source, transport, user_agent: agent, registered } = registration
  return (
    <KeyValue
      rows={[
        ['Address', `${source} ${transport}`],
        ['Contact', contact],
        ['Phone', agent],
        ['Since', whenText(registered)],
      ]}
    />
  )
}

const Where = ({ device }: { device: DeviceDocument }) => {
  const registrations = device._read_only?.registrations ?? []
  return (
    <PanelSection title="Registration">
      <div className="phone-contacts" role="status">
        <DeviceState enabled={device.enabled} registrations={registrations} />
        {registrations.map((registration) => (
          <Contact key={registration.contact} registration={registration} />
        ))}
      </div>
    </PanelSection>
  )
}

/** Key it by device: an answer to Save belongs to one. */
const DeviceForm = ({ device }: { device: DeviceDocument }) => {
  const draft = usePhonesState((state) => state.drafts[device.id]) ?? noDraft
  const save = useChangeDevice(device.id)
  const { errorOf, failure } = problemsOf(save.error, fields)
  const values = valuesOf(device, draft)
  const change = changeOf(device, draft)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (change) save.mutate(change, { onSuccess: () => dropDraft(device.id) })
  }
  return (
    <form className="phone-form" onSubmit={submit} noValidate>
      <DeviceFields
        values={values}
        onChange={(edit) => editDraft(device.id, edit)}
        errorOf={errorOf}
        passwordHelp="With another one the phone is gone until it has it too."
      />
      <Switch
        isSelected={values.enabled}
        onChange={(enabled) => editDraft(device.id, { enabled })}
        help="Off: it cannot register, and nobody reaches it."
      >
        In use
      </Switch>
      {failure === undefined ? null : (
        <p role="alert" className="tone-bad">
          {failure}
        </p>
      )}
      <SaveBar
        isDirty={change !== undefined}
        isSaving={save.isPending}
        isSaved={save.isSuccess}
        onDiscard={() => {
          dropDraft(device.id)
          save.reset()
        }}
      />
    </form>
  )
}

/** Everything about the phone under the cursor. */
export const DevicePanel = ({
  id,
  name,
  close,
}: {
  id: string
  name: string
  close: () => void
}) => {
  const { data: device, error } = useQuery(deviceQuery(id))
  return (
    <SidePanel label={name}>
      <header className="phone-panel-header">
        <h2 className="phone-panel-title">{device?.name ?? name}</h2>
        <IconButton icon="close" label="Close the panel" command="phones.close" onPress={close} />
      </header>
      {device ? (
        <>
          <Where device={device} />
          <PhoneSetup device={device} />
          <PanelSection title="About">
            <DeviceForm key={device.id} device={device} />
          </PanelSection>
          <div className="phone-panel-end">
            <Button variant="danger" onPress={() => usePhonesState.setState({ dialog: 'remove' })}>
              <Icon name="trash" />
              Delete phone…
            </Button>
          </div>
        </>
      ) : null}
      {error && !device ? (
        <p role="alert" className="tone-bad">
          {error.message}
        </p>
      ) : null}
    </SidePanel>
  )
}
