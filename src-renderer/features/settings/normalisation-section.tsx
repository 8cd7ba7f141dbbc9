import { normalisationCommand } from '../../lib/normalisation-command.ts'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/field.tsx'
import { Section } from './section.tsx'
import { SettingsForm } from './settings-form.tsx'

const formats = [
  { value: 'mp3', label: 'mp3' },
  { value: 'wav', label: 'wav' },
  { value: 'ogg', label: 'ogg' },
  { value: 'flac', label: 'flac' },
] as const

export const NormalisationSection = () => (
  <Section
    title="Normalisation"
    about="Callers hear the normalised file; the original is kept beside it. A change applies to files that are uploaded from then on."
  >
    <SettingsForm
      fields={[
        'normalize_media',
        'normalization_format',
        'normalize_executable',
        'normalize_source_args',
        'normalize_destination_args',
      ]}
    >
      {({ values, change, errorOf, isReadOnly }) => (
        <>
          <Switch
            isSelected={values.normalize_media}
            onChange={(normalize_media) => change({ normalize_media })}
            isDisabled={isReadOnly}
            help="Off: callers hear files exactly as they were uploaded."
          >
            Bring every uploaded file to one format
          </Switch>
          <div className="settings-pair">
            <Select
              label="Format"
              options={formats}
              value={values.normalization_format}
              onChange={(normalization_format) => change({ normalization_format })}
              isDisabled={isReadOnly}
              error={errorOf('normalization_format')}
            />
            <TextField
              label="Program"
              isMono
              value={values.normalize_executable}
              onChange={(normalize_executable) => change({ normalize_executable })}
              isReadOnly={isReadOnly}
              error={errorOf('normalize_executable')}
            />
          </div>
          <TextField
            label="Arguments for the source"
            help="Placed before the file that comes in."
            isMono
            value={values.normalize_source_args}
            onChange={(normalize_source_args) => change({ normalize_source_args })}
            isReadOnly={isReadOnly}
            error={errorOf('normalize_source_args')}
          />
          <TextField
            label="Arguments for the destination"
            help="Sample rate, channels and level of what goes out."
            isMono
            value={values.normalize_destination_args}
            onChange={(normalize_destination_args) => change({ normalize_destination_args })}
            isReadOnly={isReadOnly}
            error={errorOf('normalize_destination_args')}
          />
          <figure className="field">
            <figcaption className="field-label">For an uploaded wav file this runs</figcaption>
            <pre className="settings-command mono">{normalisationCommand(values, 'wav')}</pre>
          </figure>
        </>
      )}
    </SettingsForm>
  </Section>
)
