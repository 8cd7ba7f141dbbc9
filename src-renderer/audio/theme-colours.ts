import type { WaveColours } from './paint.ts'

const forcedColours = '(forced-colors: active)'

/** A canvas is not repainted by CSS: in forced colours it has to ask for the system's itself. */
export const waveColoursOf = (element: Element): WaveColours => {
  if (matchMedia(forcedColours).matches) {
    return {
      wave: 'GrayText',
      body: 'CanvasText',
      axis: 'GrayText',
      played: 'transparent',
      playhead: 'Highlight',
    }
  }
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  return {
    wave: colour('--wave'),
    body: colour('--wave-rms'),
    axis: colour('--line-strong'),
    played: colour('--wave-sel'),
    playhead: colour('--text'),
  }
}

/** Calls back when the colours may have changed; the answer ends it. */
export const watchTheme = (changed: () => void): (() => void) => {
  const queries = ['(prefers-color-scheme: dark)', forcedColours].map((query) => matchMedia(query))
  const attributes = new MutationObserver(changed)
  attributes.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['class', 'style', 'data-theme'],
  })
  for (const query of queries) query.addEventListener('change', changed)
  return () => {
    attributes.disconnect()
    for (const query of queries) query.removeEventListener('change', changed)
  }
}
