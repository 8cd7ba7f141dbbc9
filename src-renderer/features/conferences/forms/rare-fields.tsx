import { useQuery } from '@tanstack/react-query'
import { TextArea } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import { usersQuery } from '../dialogs/queries.ts'
import { unknownKeys, valueOf } from './conference-change.ts'
import { labelOf } from './conference-fields.ts'
import { notesOf, Slot, type FormApi } from './form-api.tsx'
import { NumberInput, TextInput } from './form-inputs.tsx'
import { Twins } from './twins.tsx'

export const LimitFields = ({ form }: { form: FormApi }) => (
  <>
    <div className="form-pair">
      <NumberInput form={form} field="max_participants" min={0} help="0: any number." />
      <NumberInput
        form={form}
        field="profile.announce-count"
        min={0}
        help="Everybody hears how many are there when somebody comes. 0: never."
      />
    </div>
    <Twins form={form} fields={['profile.max-members']}>
      <div className="form-pair">
        <NumberInput
          form={form}
          field="profile.max-members"
          min={2}
          help="The smaller of the two counts."
        />
      </div>
    </Twins>
  </>
)

const rates = [8000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000] as const

const RateInput = ({ form }: { form: FormApi }) => {
  const rate = valueOf(form.draft, 'profile.rate')
  return (
    <Slot field="profile.rate">
      <Select
        label={labelOf('profile.rate')}
        value={String(rate ?? '')}
        options={[
          { value: '', label: 'The usual', detail: '16,000 Hz' },
          ...rates.map((each) => ({
            value: String(each),
            label: `${each.toLocaleString('en')} Hz`,
            detail:
              each === 8000 || each === 16_000
                ? ''
                : `runs at ${each < 16_000 ? '8,000' : '16,000'}`,
          })),
        ]}
        onChange={(chosen) =>
          form.set(
            'profile.rate',
            rates.find((each) => String(each) === chosen),
          )
        }
        {...notesOf(form, 'profile.rate')}
      />
    </Slot>
  )
}

export const SoundFields = ({ form }: { form: FormApi }) => (
  <>
    <div className="form-pair">
      <RateInput form={form} />
      <NumberInput
        form={form}
        field="profile.energy-level"
        min={0}
        max={1800}
        help="What is softer is heard by nobody. Empty: 20."
      />
      <NumberInput
        form={form}
        field="profile.comfort-noise"
        min={0}
        max={10_000}
        help="More is softer, 0 is none. Empty: 1000."
      />
      <NumberInput
        form={form}
        field="profile.interval"
        min={10}
        max={120}
        unit="ms"
        help="Stored only: rooms run in steps of 20 ms."
      />
    </div>
  </>
)

const OwnerInput = ({ form }: { form: FormApi }) => {
  const { data: users = [] } = useQuery(usersQuery)
  const value = valueOf(form.draft, 'owner_id') ?? ''
  const isGone = value !== '' && users.every(({ id }) => id !== value)
  return (
    <Slot field="owner_id">
      <Select
        label={labelOf('owner_id')}
        value={value}
        options={[
          { value: '', label: 'Nobody' },
          ...users.map(({ id, first_name: first, last_name: last }) => ({
            value: id,
            label: `${first} ${last}`,
          })),
          ...(isGone ? [{ value, label: value, detail: 'no user any more' }] : []),
        ]}
        onChange={(id) => form.set('owner_id', id === '' ? undefined : id)}
        {...notesOf(form, 'owner_id')}
      />
    </Slot>
  )
}

const stored = 'Stored only.'

export const IntegrationFields = ({ form }: { form: FormApi }) => {
  const others = unknownKeys(form.draft)
  return (
    <>
      <div className="form-pair">
        <OwnerInput form={form} />
        <TextInput
          form={form}
          field="profile_name"
          isMono
          placeholder="default"
          help="“page” mixes at 8 kHz; other names are stored only."
        />
        <TextInput form={form} field="domain" isMono help={stored} />
        <Slot field="flags">
          <TextArea
            label={labelOf('flags')}
            rows={1}
            value={(valueOf(form.draft, 'flags') ?? []).join('\n')}
            onChange={(text) => form.set('flags', text === '' ? [] : text.split('\n'))}
            {...notesOf(form, 'flags', 'One per line. Stored only.')}
          />
        </Slot>
        <TextInput form={form} field="bridge_username" isMono autoComplete="off" help={stored} />
        <TextInput
          form={form}
          field="bridge_password"
          type="password"
          autoComplete="new-password"
          help={stored}
        />
      </div>
      <p className="field-help">
        Where it runs (<span className="mono">focus</span>) is told by the server and cannot be set.
        {others.length > 0 ? (
          <>
            {' '}
            Kept as other applications wrote it: <span className="mono">{others.join(', ')}</span>.
          </>
        ) : null}
      </p>
    </>
  )
}
