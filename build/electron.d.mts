/** Electron's binary, or null when it was not fetched. */
export function findElectron(): string | null
/** Why no window could be opened even with the binary, or null. */
export function noDesktop(facts: {
  platform: string
  env: Record<string, string | undefined>
  uid: number | undefined
}): string | null
