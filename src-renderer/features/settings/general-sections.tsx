import { NumberField } from '../../ui/number-field.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { Section } from './section.tsx'
import { SettingsForm } from './settings-form.tsx'

const bytesPerMegabyte = 1_000_000
const inMegabytes = { maximumFractionDigits: 6 }

export const LanguagesSection = () => (
  <Section
    title="Languages"
    about="Media without a language of their own get this one, and callers hear it where theirs is missing."
  >
    <SettingsForm fields={['default_language']}>
      {({ values, change, errorOf, isReadOnly }) => (
        <TextField
          label="Default language"
          help="A language tag, such as en-us or fr-ca."
          isMono
          value={values.default_language}
          onChange={(default_language) => change({ default_language })}
          isReadOnly={isReadOnly}
          error={errorOf('default_language')}
        />
      )}
    </SettingsForm>
  </Section>
)

export const LimitsSection = () => (
  <Section title="Limits" about="What is larger is refused before it fills the disk.">
    <SettingsForm fields={['max_upload_size', 'max_pack_size']}>
      {({ values, change, errorOf, isReadOnly }) => (
        <div className="settings-pair">
          <NumberField
            label="Largest uploaded file"
            unit="MB"
            minValue={0.1}
            formatOptions={inMegabytes}
            value={values.max_upload_size / bytesPerMegabyte}
            onChange={(size) => change({ max_upload_size: Math.round(size * bytesPerMegabyte) })}
            isReadOnly={isReadOnly}
            error={errorOf('max_upload_size')}
          />
          <NumberField
            label="Largest prompt pack"
            unit="MB"
            minValue={0.1}
            formatOptions={inMegabytes}
            value={values.max_pack_size / bytesPerMegabyte}
            onChange={(size) => change({ max_pack_size: Math.round(size * bytesPerMegabyte) })}
            isReadOnly={isReadOnly}
            error={errorOf('max_pack_size')}
          />
        </div>
      )}
    </SettingsForm>
  </Section>
)

export const AccessSection = () => (
  <Section
    title="Access"
    about="Pages of these addresses may call the API from a browser. This app itself needs no entry."
  >
    <SettingsForm fields={['allowed_origins', 'play_from_private_addresses']}>
      {({ values, change, errorOf, isReadOnly }) => (
        <>
          <TextArea
            label="Allowed origins"
            help="One per line, such as https://studio.example.com"
            rows={5}
            value={values.allowed_origins.join('\n')}
            onChange={(text) => change({ allowed_origins: text === '' ? [] : text.split('\n') })}
            isReadOnly={isReadOnly}
            error={errorOf('allowed_origins')}
          />
          <Switch
            isSelected={values.play_from_private_addresses}
            onChange={(isOn) => change({ play_from_private_addresses: isOn })}
            isDisabled={isReadOnly}
            help="Audio that conferences play from a URL may then come from this machine and its own network. Leave it off unless a server of yours keeps audio there."
          >
            Play audio from private addresses
          </Switch>
        </>
      )}
    </SettingsForm>
  </Section>
)
