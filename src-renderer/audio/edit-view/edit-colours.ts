const forcedColours = '(forced-colors: active)'

export type EditColours = {
  wave: string
  body: string
  axis: string
  grid: string
  selection: string
  edge: string
  marker: string
  clip: string
  text: string
  faint: string
  back: string
}

const tokens: Record<keyof EditColours, string> = {
  wave: '--wave',
  body: '--wave-rms',
  axis: '--line-strong',
  grid: '--line',
  selection: '--wave-sel',
  edge: '--accent',
  marker: '--violet',
  clip: '--bad',
  text: '--text',
  faint: '--faint',
  back: '--bg',
}

const forced: EditColours = {
  wave: 'GrayText',
  body: 'CanvasText',
  axis: 'GrayText',
  grid: 'GrayText',
  selection: 'transparent',
  edge: 'Highlight',
  marker: 'LinkText',
  clip: 'CanvasText',
  text: 'CanvasText',
  faint: 'CanvasText',
  back: 'Canvas',
}

/** What an edit view is painted with, from the tokens or the system's own colours. */
const editColoursOf = (element: Element): EditColours => {
  if (matchMedia(forcedColours).matches) return forced
  const style = getComputedStyle(element)
  const read = ([name, token]: [string, string]) => [name, style.getPropertyValue(token).trim()]
  return Object.fromEntries(Object.entries(tokens).map(read)) as EditColours
}

/** Colours and CSS fonts, the latter in device pixels. */
export type Style = { colours: EditColours; isDark: boolean; mono: string; label: string }

/** What a view is painted with, looked up again only when it may be different. */
export const createStyle = (
  root: Element,
  digits: Element,
): { now: () => Style; renew: () => void } => {
  let known: (Style & { ratio: number }) | undefined
  return {
    now: () => {
      const ratio = devicePixelRatio
      if (known?.ratio === ratio) return known
      const { fontFamily, colorScheme } = getComputedStyle(root)
      known = {
        ratio,
        colours: editColoursOf(root),
        isDark: colorScheme === 'dark',
        mono: `${11 * ratio}px ${getComputedStyle(digits).fontFamily}`,
        label: `${11.5 * ratio}px ${fontFamily}`,
      }
      return known
    },
    renew: () => {
      known = undefined
    },
  }
}
