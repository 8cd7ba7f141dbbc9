import { NumberField } from '../../ui/number-field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/field.tsx'
import type { ConferenceValues } from './conference-change.ts'
import type { ConferenceDraft } from './conferences-state.ts'

export type FieldsProps = {
  values: ConferenceValues
  onChange: (change: ConferenceDraft) => void
  /** By the name of the field in the API. */
  errorOf: (field: string) => string | undefined
}

/** Violations of lists name the place in them: `member.pins.0`. */
export const fieldNames = [
  'name',
  'numbers',
  'language',
  'max_participants',
  ...['conference_numbers', 'member.numbers', 'member.pins', 'moderator.numbers', 'moderator.pins'],
]

/** Everything a conference needs to be called. */
export const EssentialFields = ({
  values,
  onChange,
  errorOf,
  isNew,
}: FieldsProps & { isNew: boolean }) => (
  <>
    <TextField
      label="Name"
      placeholder="Weekly"
      autoFocus={isNew}
      value={values.name}
      onChange={(name) => onChange({ name })}
      error={errorOf('name')}
    />
    <TextField
      label="Numbers to dial"
      isMono
      placeholder="4000"
      help="Spaces between several. The PIN tells who is a moderator."
      value={values.numbers}
      onChange={(numbers) => onChange({ numbers })}
      error={errorOf('conference_numbers') ?? errorOf('numbers')}
    />
    <div className="conference-pair">
      <TextField
        label="Member PINs"
        isMono
        placeholder="None"
        value={values.memberPins}
        onChange={(memberPins) => onChange({ memberPins })}
        error={errorOf('member.pins')}
      />
      <TextField
        label="Moderator PINs"
        isMono
        placeholder="None"
        value={values.moderatorPins}
        onChange={(moderatorPins) => onChange({ moderatorPins })}
        error={errorOf('moderator.pins')}
      />
    </div>
    <Switch
      isSelected={values.memberMuted}
      onChange={(memberMuted) => onChange({ memberMuted })}
      help="A moderator, or the key 0 on their phone, lets them talk."
    >
      Members join muted
    </Switch>
  </>
)

/** What is rarely changed. */
export const MoreFields = ({ values, onChange, errorOf }: FieldsProps) => (
  <>
    <div className="conference-pair">
      <TextField
        label="Member numbers"
        isMono
        placeholder="None"
        value={values.memberNumbers}
        onChange={(memberNumbers) => onChange({ memberNumbers })}
        error={errorOf('member.numbers')}
      />
      <TextField
        label="Moderator numbers"
        isMono
        placeholder="None"
        value={values.moderatorNumbers}
        onChange={(moderatorNumbers) => onChange({ moderatorNumbers })}
        error={errorOf('moderator.numbers')}
      />
    </div>
    <div className="conference-pair">
      <TextField
        label="Language of prompts"
        isMono
        placeholder="The account’s"
        value={values.language}
        onChange={(language) => onChange({ language })}
        error={errorOf('language')}
      />
      <NumberField
        label="Most participants"
        help="0: any number."
        minValue={0}
        value={values.maxParticipants}
        onChange={(count) => onChange({ maxParticipants: Number.isNaN(count) ? 0 : count })}
        error={errorOf('max_participants')}
      />
    </div>
    <Switch
      isSelected={values.waitForModerator}
      onChange={(waitForModerator) => onChange({ waitForModerator })}
    >
      Members wait for a moderator
    </Switch>
    <Switch isSelected={values.playWelcome} onChange={(playWelcome) => onChange({ playWelcome })}>
      Welcome callers
    </Switch>
    <Switch
      isSelected={values.playName}
      onChange={(playName) => onChange({ playName })}
      help="Callers say their name first, and the room hears it."
    >
      Announce names
    </Switch>
    <Switch isSelected={values.entryTone} onChange={(entryTone) => onChange({ entryTone })}>
      Tone when somebody comes
    </Switch>
    <Switch isSelected={values.exitTone} onChange={(exitTone) => onChange({ exitTone })}>
      Tone when somebody leaves
    </Switch>
  </>
)
