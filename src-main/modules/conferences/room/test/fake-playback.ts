import type { Playable } from '../../../../engine/port.ts'
import type { Audible, Playback } from '../../../playback/playback.ts'

/** Playback that names what it would play: `prompt:conf-alone`, `media:…`, `number:3`, `file:…`, and tones as such. */
export type FakePlayback = Pick<Playback, 'prepare'> & {
  /** References nothing is behind: played all the same, `now and then` as a loop. */
  readonly missing: Set<string>
  /** What was prepared and not let go of. */
  readonly held: () => number
}

const named = (item: Audible): string => {
  if (item.kind === 'prompt') return item.promptId
  if (item.kind === 'media') return item.reference
  if (item.kind === 'number') return String(item.value)
  return item.kind === 'file' ? item.path : item.text
}

export const createFakePlayback = (): FakePlayback => {
  const missing = new Set<string>()
  let held = 0
  return {
    missing,
    held: () => held,
    prepare: async ({ items, rate, loop }) => {
      await Promise.resolve()
      held += 1
      let isHeld = true
      return {
        items: items.map((item): Playable => {
          if (item.kind === 'tones') return { kind: 'tones', text: item.text }
          const isBeep = missing.has(named(item)) && loop === true
          return {
            kind: 'pcm',
            path: isBeep ? 'now and then' : `${item.kind}:${named(item)}`,
            rate,
          }
        }),
        problems: items
          .filter((item) => missing.has(named(item)))
          .map((item) => ({ what: named(item), message: 'nothing is there' })),
        release: () => {
          if (isHeld) held -= 1
          isHeld = false
        },
      }
    },
  }
}
