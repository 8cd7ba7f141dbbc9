/** Gives the keyboard to the wave: there its keys move the cursor, and all others are commands. */
export const focusWave = (): void => {
  const wave = document.querySelector<HTMLElement>('.edit-view-lanes')
  wave?.focus({ preventScroll: true })
}
