import type { SourceData } from '../../audio/edit-view/source-tiles.ts'
import { loadLevels, loadSamples, loadSource, onObjectEvent } from './queries.ts'

const bucketsPerTile = 1024

type Facts = { bits: number; channels: number }

/** Facts that do not change: asked for once per source. */
const createFacts = () => {
  const known = new Map<string, Promise<Facts>>()
  return (source: string): Promise<Facts> => {
    const asked = known.get(source) ?? loadSource(source)
    known.set(source, asked)
    asked.catch(() => known.delete(source))
    return asked
  }
}

/** 16-bit samples as the upper half of 32. */
const widened = (buffer: ArrayBuffer): Int32Array => {
  const narrow = new Int16Array(buffer)
  const wide = new Int32Array(narrow.length)
  for (let index = 0; index < narrow.length; index++) wide[index] = (narrow[index] ?? 0) << 16
  return wide
}

/** The audio of sources, from the backend. */
export const createSourceData = (): SourceData => {
  const factsOf = createFacts()
  return {
    levels: async (source, { level, tile }, signal) =>
      new Int16Array(
        await loadLevels(
          source,
          { level, from: tile * bucketsPerTile, count: bucketsPerTile },
          signal,
        ),
      ),
    samples: async (source, at, signal) => {
      const [{ bits }, buffer] = await Promise.all([
        factsOf(source),
        loadSamples(source, at, signal),
      ])
      return bits === 16 ? widened(buffer) : new Int32Array(buffer)
    },
    onGrowth: (listener) =>
      onObjectEvent(({ type, id }) => {
        if (type === 'source') listener(id)
      }),
  }
}
