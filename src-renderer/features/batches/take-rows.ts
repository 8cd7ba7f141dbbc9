import type { Take } from '#contract/batches'

/** The takes of a session while they are put right by hand. Frames [from, to); values in, values out. */
export type TakeRow = {
  from: number
  to: number
  peakDbfs: number
  /** What a person wrote; undefined follows the suggestion, '' leaves the take out. */
  chosenId: string | undefined
}

export const rowsOf = (takes: readonly Take[]): TakeRow[] =>
  takes.map(({ from, to, peak_dbfs: peakDbfs }) => ({ from, to, peakDbfs, chosenId: undefined }))

/** A take and the next one as one, with what was between them. */
export const mergedWithNext = (rows: readonly TakeRow[], index: number): TakeRow[] => {
  const [first, second] = [rows[index], rows[index + 1]]
  if (!first || !second) return [...rows]
  const merged = {
    from: first.from,
    to: second.to,
    peakDbfs: Math.max(first.peakDbfs, second.peakDbfs),
    chosenId: first.chosenId,
  }
  return [...rows.slice(0, index), merged, ...rows.slice(index + 2)]
}

/** A take as two; unchanged when `at` does not lie inside it. */
export const splitAt = (rows: readonly TakeRow[], index: number, at: number): TakeRow[] => {
  const row = rows[index]
  if (!row || at <= row.from || at >= row.to) return [...rows]
  const parts = [
    { ...row, to: at },
    { ...row, from: at, chosenId: undefined },
  ]
  return [...rows.slice(0, index), ...parts, ...rows.slice(index + 1)]
}

export const without = (rows: readonly TakeRow[], index: number): TakeRow[] =>
  rows.filter((_, at) => at !== index)

type Picture = {
  min: Float32Array
  max: Float32Array
  samplesPerPixel: number
  sampleRateHz: number
}

/** Long enough to be a pause and not the closure of a p. */
const pauseMs = 150
/** The silence a take keeps at its ends is no place to cut it. */
const marginMs = 300

/** The middle of the quietest pause inside a take: where two that ran together are told apart. */
export const quietestIn = (
  { from, to }: Pick<TakeRow, 'from' | 'to'>,
  { min, max, samplesPerPixel, sampleRateHz }: Picture,
): number => {
  const pixelsOf = (frames: number) => Math.round(frames / samplesPerPixel)
  const margin = Math.min(0.4 * (to - from), (marginMs * sampleRateHz) / 1000)
  const width = Math.max(1, pixelsOf((pauseMs * sampleRateHz) / 1000))
  const first = pixelsOf(from + margin)
  const last = Math.max(first, pixelsOf(to - margin) - width)
  const heightAt = (pixel: number) => (max[pixel] ?? 0) - (min[pixel] ?? 0)
  let sum = 0
  for (let pixel = first; pixel < first + width; pixel += 1) sum += heightAt(pixel)
  let least = sum
  // A pause is equally quiet for a while: its middle is wanted.
  let [start, end] = [first, first]
  for (let pixel = first + 1; pixel <= last; pixel += 1) {
    sum += heightAt(pixel + width - 1) - heightAt(pixel - 1)
    if (sum < least - 1e-9) {
      least = sum
      start = pixel
      end = pixel
    } else if (sum <= least + 1e-9 && end === pixel - 1) end = pixel
  }
  return Math.round(((start + end + width) / 2) * samplesPerPixel)
}

/** Prompt id of each row: what was chosen, else the next that is missing and that nobody chose. */
export const idsOf = (rows: readonly TakeRow[], missing: readonly string[]): string[] => {
  const chosen = new Set(rows.map(({ chosenId }) => chosenId))
  const free = missing.filter((id) => !chosen.has(id)).values()
  return rows.map(({ chosenId }) => chosenId ?? free.next().value ?? '')
}

export type TakeProblem = 'double' | 'none'

/** What keeps a row from being assigned. */
export const problemsOf = (ids: readonly string[]): (TakeProblem | undefined)[] => {
  const counts = Map.groupBy(ids, (id) => id)
  return ids.map((id) => {
    if (id.trim() === '') return 'none'
    return (counts.get(id)?.length ?? 0) > 1 ? 'double' : undefined
  })
}
