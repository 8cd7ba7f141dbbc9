import { changePreferences, usePreferences } from '../../lib/preferences.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { ShortcutSheet } from '../../ui/shortcut-sheet.tsx'
import { Switch } from '../../ui/switch.tsx'
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

export const KeyboardSection = () => {
  const letterKeys = usePreferences((state) => state.letterKeys)
  return (
    <Section
      title="Keyboard"
      about="Every command can be found by its name with the search at the top. These also have keys; a page adds its own when it is opened for the first time."
    >
      <Switch
        isSelected={letterKeys}
        onChange={(isOn) => changePreferences({ letterKeys: isOn })}
        help="Switch them off when speech input or a slip of the hand sets them off. Space still plays."
      >
        Single letters and signs are commands
      </Switch>
      <ShortcutSheet />
    </Section>
  )
}
