import { changePreferences, type Theme } from '../lib/preferences.ts'
import { useCommand } from '../ui/use-command.ts'

const themes: readonly { theme: Theme; title: string }[] = [
  { theme: 'dark', title: 'Dark theme' },
  { theme: 'light', title: 'Light theme' },
  { theme: 'system', title: 'Theme as the system' },
]

const ThemeCommand = ({ theme, title }: { theme: Theme; title: string }) => {
  useCommand({
    id: `app.theme.${theme}`,
    title,
    group: 'Appearance',
    run: () => changePreferences({ theme }),
  })
  return null
}

/** Lets the palette change the theme from any page. */
export const ThemeCommands = () =>
  themes.map((choice) => <ThemeCommand key={choice.theme} {...choice} />)
