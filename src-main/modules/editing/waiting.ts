import type { Scope } from '../../platform/scope.ts'

/** Resolves after a while, or when the scope ends. */
export const pause = (scope: Scope, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    const forget = scope.add(resolve)
    scope.timeout(() => {
      forget()
      resolve()
    }, delayMs)
  })
