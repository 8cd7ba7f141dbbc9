import { usePreferences, type Theme } from '../lib/preferences.ts'

const light = window.matchMedia('(prefers-color-scheme: light)')

const apply = (theme: Theme) => {
  const followed = light.matches ? 'light' : 'dark'
  document.documentElement.dataset.theme = theme === 'system' ? followed : theme
}

/** Keeps the page in the preferred theme, following the system when that is the preference. */
export const startTheme = (): void => {
  apply(usePreferences.getState().theme)
  usePreferences.subscribe(({ theme }) => apply(theme))
  light.addEventListener('change', () => apply(usePreferences.getState().theme))
}
