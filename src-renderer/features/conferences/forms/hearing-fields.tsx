import { useQuery } from '@tanstack/react-query'
import type { Matrix } from '#contract/studio'
import { Select } from '../../../ui/select.tsx'
import { promptsQuery } from '../dialogs/queries.ts'
import { valueOf } from './conference-change.ts'
import { labelOf } from './conference-fields.ts'
import { notesOf, Slot, type FormApi } from './form-api.tsx'
import { SoundInput, type SoundKind } from './sound-input.tsx'
import { Twins } from './twins.tsx'

const isOfConferences = ({ area }: { area: string }) => area === 'conf'

/** How many of the prompts of conferences a language has. */
const coverageText = ({ prompts }: Matrix, language: string): string => {
  const wanted = prompts.filter(isOfConferences)
  const there = wanted.filter(({ cells }) => cells[language]?.duration_ms !== undefined)
  return wanted.length === 0 ? '' : `${there.length} of ${wanted.length} prompts`
}

const LanguageInput = ({ form }: { form: FormApi }) => {
  const { data: matrix } = useQuery(promptsQuery)
  const value = valueOf(form.draft, 'language') ?? ''
  const known = matrix?.languages ?? []
  const isUnknown = value !== '' && !known.includes(value)
  return (
    <Slot field="language">
      <Select
        label={labelOf('language')}
        value={value}
        options={[
          { value: '', label: 'The account’s' },
          ...known.map((language) => ({
            value: language,
            label: language,
            detail: matrix ? coverageText(matrix, language) : '',
          })),
          ...(isUnknown ? [{ value, label: value, detail: 'not in the library' }] : []),
        ]}
        onChange={(language) => form.set('language', language === '' ? undefined : language)}
        {...notesOf(form, 'language')}
      />
    </Slot>
  )
}

const prompt = (promptId: string) => ({ promptId, usual: `The prompt ${promptId}` })

const sounds: readonly SoundKind[] = [
  { field: 'play_entry_tone', usual: 'The usual tone', isTone: true },
  { field: 'play_exit_tone', usual: 'The usual tone', isTone: true },
  { field: 'profile.alone-sound', ...prompt('conf-alone') },
  { field: 'profile.moh-sound' },
  { field: 'profile.muted-sound', ...prompt('conf-muted') },
  { field: 'profile.unmuted-sound', ...prompt('conf-unmuted') },
  { field: 'profile.locked-sound', ...prompt('conf-max_participants') },
  { field: 'max_members_media', ...prompt('conf-max_participants') },
]

const twins: readonly SoundKind[] = [
  { field: 'profile.enter-sound', usual: 'The usual tone' },
  { field: 'profile.exit-sound', usual: 'The usual tone' },
  { field: 'profile.max-members-sound', ...prompt('conf-max_participants') },
]

export const HearingFields = ({ form }: { form: FormApi }) => (
  <>
    <div className="form-pair">
      <LanguageInput form={form} />
    </div>
    <div className="form-pair">
      {sounds.map((sound) => (
        <SoundInput key={sound.field} form={form} sound={sound} />
      ))}
    </div>
    <Twins form={form} fields={twins.map(({ field }) => field)}>
      <div className="form-pair">
        {twins.map((sound) => (
          <SoundInput key={sound.field} form={form} sound={sound} />
        ))}
      </div>
    </Twins>
  </>
)
