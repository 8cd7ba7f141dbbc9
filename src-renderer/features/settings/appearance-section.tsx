import { changePreferences, usePreferences } from '../../lib/preferences.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { Section } from './section.tsx'

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
] as const

export const AppearanceSection = () => {
  const theme = usePreferences((state) => state.theme)
  return (
    <Section title="Appearance" about="For you on this machine; it applies at once.">
      <ChoiceGroup
        label="Theme"
        options={themes}
        value={theme}
        onChange={(chosen) => changePreferences({ theme: chosen })}
      />
    </Section>
  )
}
