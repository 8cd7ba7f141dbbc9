import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * A thread's program, as seen from the module that starts it: its source beside that while sources run, or what was
 * built of it, next to the bundle that module ended up in.
 */
export const findProgram = (from: string, names: { source: string; built: string }): URL => {
  const places = from.endsWith('.ts') ? [names.source] : [`./${names.built}`, `../${names.built}`]
  const urls = places.map((place) => new URL(place, from))
  const program = urls.find((url) => existsSync(fileURLToPath(url)))
  if (!program) throw new Error(`no ${names.built} beside ${from}: build the app again`)
  return program
}
