import { afterPaint } from './after-paint.ts'

/** Tells once that what was drawn is on the screen. */
export const createFirstSight = (onSeen: () => void) => {
  let callOff: (() => void) | undefined
  return {
    happens: (): void => {
      callOff ??= afterPaint(onSeen)
    },
    dispose: (): void => callOff?.(),
  }
}
