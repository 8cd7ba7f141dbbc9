import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Select } from '../../../ui/select.tsx'
import { valueOf } from './conference-change.ts'
import { labelOf, type FieldOf } from './conference-fields.ts'
import { notesOf, Slot, type FormApi } from './form-api.tsx'
import { bindingsOf, freeName, keyActions, renamed, type KeyBinding } from './key-actions.ts'
import { Twins } from './twins.tsx'
import './key-fields.css'

const groupsOf = (form: FormApi) => valueOf(form.draft, 'controls') ?? {}

const builtIn = ['default', 'none']
const builtInLabels: Readonly<Record<string, string>> = { default: 'Default keys', none: 'No keys' }

const GroupChoice = ({
  form,
  field,
  unset,
}: {
  form: FormApi
  field: FieldOf<string>
  /** What counts while none is named. */
  unset: string
}) => {
  const value = valueOf(form.draft, field) ?? ''
  const names = [...new Set([...builtIn, ...Object.keys(groupsOf(form)), value])]
  return (
    <Slot field={field}>
      <Select
        label={labelOf(field)}
        value={value}
        options={[
          { value: '', label: unset },
          ...names.flatMap((name) =>
            name === '' ? [] : [{ value: name, label: builtInLabels[name] ?? `“${name}”` }],
          ),
        ]}
        onChange={(name) => form.set(field, name === '' ? undefined : name)}
        {...notesOf(form, field)}
      />
    </Slot>
  )
}

const actionOptions = (action: string) => [
  ...Object.entries(keyActions).map(([value, label]) => ({ value, label })),
  ...(Object.hasOwn(keyActions, action)
    ? []
    : [{ value: action, label: `“${action}”, which does nothing here` }]),
]

const Binding = ({
  binding,
  onChange,
  onRemove,
}: {
  binding: KeyBinding
  onChange: (binding: KeyBinding) => void
  onRemove: () => void
}) => (
  <li className="key-binding">
    <TextField
      label="Keys"
      isMono
      maxLength={16}
      value={binding.digits}
      onChange={(digits) => onChange({ ...binding, digits })}
    />
    <Select
      label="What they do"
      value={binding.action}
      options={actionOptions(binding.action)}
      onChange={(action) => onChange({ ...binding, action })}
    />
    <IconButton icon="trash" label={`Remove the keys ${binding.digits}`} onPress={onRemove} />
  </li>
)

type GroupProps = {
  name: string
  group: unknown
  onRename: (name: string) => void
  onChange: (bindings: readonly KeyBinding[]) => void
  onRemove: () => void
}

const Group = ({ name, group, onRename, onChange, onRemove }: GroupProps) => {
  const bindings = bindingsOf(group)
  return (
    <section className="key-group card" aria-label={`Keys “${name}”`}>
      <div className="key-group-head">
        <TextField
          key={name}
          label="Name of the group"
          isMono
          defaultValue={name}
          onBlur={(event) => onRename(event.target.value.trim())}
        />
        <Button variant="quiet" onPress={onRemove}>
          Remove the group
        </Button>
      </div>
      {bindings ? (
        <>
          <ol className="key-bindings">
            {bindings.map((binding, index) => (
              <Binding
                key={index}
                binding={binding}
                onChange={(changed) =>
                  onChange(bindings.map((each, at) => (at === index ? changed : each)))
                }
                onRemove={() => onChange(bindings.filter((_, at) => at !== index))}
              />
            ))}
          </ol>
          <div>
            <Button
              variant="quiet"
              onPress={() => onChange([...bindings, { action: 'mute', digits: '' }])}
            >
              <Icon name="add" />
              Add a key
            </Button>
          </div>
        </>
      ) : (
        <p className="muted">It is written in a way this form cannot show. It is kept as it is.</p>
      )}
    </section>
  )
}

const OwnGroups = ({ form }: { form: FormApi }) => {
  const groups = groupsOf(form)
  const write = (next: Readonly<Record<string, unknown>>) => form.set('controls', next)
  const { error, help } = notesOf(form, 'controls')
  const rename = (name: string, next: string) => {
    const changed = renamed(groups, name, next)
    if (changed === groups) return
    write(changed)
    // Who named the group names it still.
    for (const field of [
      'caller_controls',
      'moderator_controls',
      'profile.caller-controls',
      'profile.moderator-controls',
    ] as const)
      if (valueOf(form.draft, field) === name) form.set(field, next)
  }
  return (
    <Slot field="controls">
      <div className="key-groups">
        {Object.entries(groups).map(([name, group], index) => (
          <Group
            key={index}
            name={name}
            group={group}
            onRename={(next) => rename(name, next)}
            onChange={(bindings) => write({ ...groups, [name]: bindings })}
            onRemove={() =>
              write(Object.fromEntries(Object.entries(groups).filter(([key]) => key !== name)))
            }
          />
        ))}
        <div>
          <Button
            onPress={() =>
              write({ ...groups, [freeName(groups)]: [{ action: 'mute', digits: '0' }] })
            }
          >
            <Icon name="add" />
            Add a group of keys
          </Button>
        </div>
        {error === undefined ? null : <p className="field-error">{error}</p>}
        {help === undefined ? null : <p className="field-help">{help}</p>}
      </div>
    </Slot>
  )
}

export const KeyFields = ({ form }: { form: FormApi }) => (
  <>
    <div className="form-pair">
      <GroupChoice
        form={form}
        field="caller_controls"
        unset="As the profile says, else the default"
      />
      <GroupChoice
        form={form}
        field="moderator_controls"
        unset="As the profile says, else as callers"
      />
    </div>
    <OwnGroups form={form} />
    <Twins form={form} fields={['profile.caller-controls', 'profile.moderator-controls']}>
      <div className="form-pair">
        <GroupChoice form={form} field="profile.caller-controls" unset="Default keys" />
        <GroupChoice form={form} field="profile.moderator-controls" unset="As callers" />
      </div>
    </Twins>
  </>
)
