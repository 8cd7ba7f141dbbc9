import { useQuery } from '@tanstack/react-query'
import { authenticationQuery } from '../queries.ts'
import { valueOf } from './conference-change.ts'
import type { FormApi } from './form-api.tsx'
import { DigitsInput, SwitchInput, TextInput } from './form-inputs.tsx'

export const NameFields = ({ form }: { form: FormApi }) => (
  <div className="form-pair">
    <TextInput form={form} field="name" placeholder="Weekly" autoFocus maxLength={128} />
    <DigitsInput
      form={form}
      field="conference_numbers"
      placeholder="4000"
      help="Spaces between several. The PIN tells who is a moderator."
    />
  </div>
)

/** Who can reach it at all is set for the whole installation. */
const Strangers = () => {
  const { data } = useQuery(authenticationQuery)
  if (!data) return null
  return (
    <p className="field-help">
      {data.authenticate_calls
        ? 'Only phones of this account can call, after their password.'
        : 'Anybody who reaches this machine by SIP can call: only PINs keep strangers out.'}{' '}
      <a href="#/settings?section=sip">SIP settings</a>
    </p>
  )
}

export const EnterFields = ({ form, isLocked }: { form: FormApi; isLocked: boolean }) => (
  <>
    <div className="form-pair">
      <DigitsInput
        form={form}
        field="member.pins"
        placeholder="None: nothing is asked for"
        help="1 to 16 digits each."
      />
      <DigitsInput form={form} field="moderator.pins" placeholder="None" />
    </div>
    <div className="form-pair">
      <DigitsInput
        form={form}
        field="member.numbers"
        placeholder="None"
        help="Who dials one of these is a member, whatever the PIN."
      />
      <DigitsInput form={form} field="moderator.numbers" placeholder="None" />
    </div>
    <Strangers />
    {isLocked ? (
      <p className="field-help tone-warn">
        It is locked at this moment: nobody gets in before it is unlocked on its board.
      </p>
    ) : null}
  </>
)

export const JoiningFields = ({ form }: { form: FormApi }) => {
  const isWelcome = valueOf(form.draft, 'play_welcome') ?? true
  return (
    <>
      <div className="form-pair">
        <SwitchInput
          form={form}
          field="member.join_muted"
          help="A moderator, or the key 0 on their phone, lets them talk."
        />
        <SwitchInput form={form} field="moderator.join_muted" />
        <SwitchInput form={form} field="member.join_deaf" />
        <SwitchInput form={form} field="moderator.join_deaf" />
      </div>
      <div className="form-pair">
        <SwitchInput form={form} field="wait_for_moderator" help="With music until one is there." />
        <SwitchInput
          form={form}
          field="require_moderator"
          help="For everybody, unless one comes back within 10 seconds."
        />
        <SwitchInput
          form={form}
          field="play_welcome"
          {...(isWelcome ? {} : { help: 'They hear nothing before the PIN is asked for.' })}
        />
        <SwitchInput
          form={form}
          field="play_name"
          help="Callers say their name first, and the room hears it."
        />
        <SwitchInput form={form} field="member.play_entry_prompt" />
      </div>
    </>
  )
}
