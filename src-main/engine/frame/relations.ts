import type { Relationship } from '../port.ts'

/** Who does not hear whom, of things of one kind. */
export type Relations<T> = {
  /** `mute`: the other does not hear `one`; `deaf`: `one` does not hear the other; the later of both counts. */
  readonly relate: (one: T, other: T, how: Relationship) => void
  /** All of it, in both directions. */
  readonly end: (one: T) => void
  /** Stays the same object while nothing changes; undefined where there is nobody. */
  readonly unheardBy: (listener: T) => readonly T[] | undefined
}

export const createRelations = <T>(): Relations<T> => {
  const relations = new Map<T, Map<T, 'mute' | 'deaf'>>()
  const unheard = new Map<T, readonly T[]>()

  const isUnheard = (speaker: T, listener: T): boolean =>
    relations.get(speaker)?.get(listener) === 'mute' ||
    relations.get(listener)?.get(speaker) === 'deaf'

  const update = (speaker: T, listener: T): void => {
    const others = (unheard.get(listener) ?? []).filter((one) => one !== speaker)
    const all = isUnheard(speaker, listener) ? [...others, speaker] : others
    if (all.length > 0) unheard.set(listener, all)
    else unheard.delete(listener)
  }

  const relate = (one: T, other: T, how: Relationship): void => {
    if (one === other) return
    const own = relations.get(one) ?? new Map<T, 'mute' | 'deaf'>()
    if (how === 'clear') own.delete(other)
    else own.set(other, how)
    if (own.size > 0) relations.set(one, own)
    else relations.delete(one)
    update(one, other)
    update(other, one)
  }

  return {
    relate,
    unheardBy: (listener) => unheard.get(listener),
    end: (one) => {
      for (const other of [...(relations.get(one)?.keys() ?? [])]) relate(one, other, 'clear')
      for (const other of [...relations.keys()]) {
        if (relations.get(other)?.has(one)) relate(other, one, 'clear')
      }
    },
  }
}
