/**
 * The tone language of FreeSWITCH (TGML of libteletone), without `tone_stream://`. Statements are separated by `;`:
 *
 *   %(on,off,hz,hz…)   a tone of milliseconds, and the silence after it
 *   0–9 * # A–D        digits (ITU-T Q.23), several in a row; 7(1000,500) has its own times
 *   d= w=              times of digits without their own, milliseconds: 250 and 62.5
 *   v=                 level of what follows, −63 to 0 dBm0; −7
 *   >= <= +=           each so many milliseconds the level falls or rises by `+` decibels (1), for each tone anew
 *   l=                 how often the next tone comes; −1: without end
 *   L= loops=          how often everything comes; loops=−1: without end
 *   c= r=              channels and rate: read, and not needed
 */
export type Tones = {
  readonly tones: readonly Tone[]
  /** How often all of them come. */
  readonly times: number
  readonly durationMs: number
}

export type Tone = {
  readonly onMs: number
  readonly offMs: number
  /** None: silence. They share the level. */
  readonly frequenciesHz: readonly number[]
  /** dBm0 */
  readonly level: number
  readonly levelPerMs: number
  readonly times: number
}

/** What is wrong, for people, and at which character, from 0. */
export type ToneError = { readonly error: string; readonly at: number }

export const mostTones = {
  characters: 2000,
  /** What has no end ends after this time too. */
  durationMs: 3_600_000,
  /** Of a tone. */
  frequencies: 18,
  /** Below it, so that telephones can carry it. */
  frequencyHz: 4000,
  leastLevel: -63,
}

const rows = [697, 770, 852, 941]
const columns = [1209, 1336, 1477, 1633]
const keys = '123A456B789C*0#D'

const digitHz = new Map<string, readonly number[]>(
  Array.from(keys, (key, index) => [key, [rows[index >> 2] ?? 0, columns[index & 3] ?? 0]]),
)

/** The two frequencies of a digit 0–9 * # A–D (ITU-T Q.23); undefined for what is none. */
export const frequenciesOfDigit = (digit: string): readonly number[] | undefined =>
  digitHz.get(digit.toUpperCase())

class Unreadable extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

type Piece = { readonly text: string; readonly at: number }

type Settings = {
  onMs: number
  offMs: number
  level: number
  direction: -1 | 0 | 1
  stepMs: number
  stepDb: number
  /** Of the next tone. */
  times: number
  allTimes: number
  loops: number
}

const initial = (): Settings => ({
  onMs: 250,
  offMs: 62.5,
  level: -7,
  direction: 0,
  stepMs: 1,
  stepDb: 1,
  times: 1,
  allTimes: 1,
  loops: 1,
})

const between = ({ text, at }: Piece, what: string, [least, most]: readonly [number, number]) => {
  const trimmed = text.trim()
  const value = Number(trimmed)
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed)) {
    throw new Unreadable(at, trimmed === '' ? `${what} is missing` : `“${trimmed}” is no number`)
  }
  if (value >= least && value <= most) return value
  throw new Unreadable(at, `${what} is ${least} to ${most}, not ${trimmed}`)
}

const milliseconds = (piece: Piece): number =>
  between(piece, 'a time in milliseconds', [0, mostTones.durationMs])

/** −1 and 0 as FreeSWITCH has them: without end, and once. */
const timesOf = (piece: Piece): number => {
  const times = Math.trunc(between(piece, 'how often', [-1, mostTones.durationMs]))
  return times === 0 ? 1 : times < 0 ? Infinity : times
}

const decay = (settings: Settings, piece: Piece, direction: -1 | 1) => {
  settings.direction = direction
  settings.stepMs = between(piece, 'a step in milliseconds', [1, mostTones.durationMs])
}

const setters: Readonly<Record<string, (settings: Settings, value: Piece) => void>> = {
  c: (_settings, value) => void between(value, 'the number of channels', [1, 8]),
  r: (_settings, value) => void between(value, 'a rate', [1, 192_000]),
  d: (settings, value) => void (settings.onMs = milliseconds(value)),
  w: (settings, value) => void (settings.offMs = milliseconds(value)),
  v: (settings, value) =>
    void (settings.level = between(value, 'a level', [mostTones.leastLevel, 0])),
  '>': (settings, value) => decay(settings, value, -1),
  '<': (settings, value) => decay(settings, value, 1),
  '+': (settings, value) => void (settings.stepDb = between(value, 'a step in decibels', [0, 63])),
  l: (settings, value) => void (settings.times = timesOf(value)),
  L: (settings, value) => {
    settings.allTimes = Math.max(1, between(value, 'how often', [0, mostTones.durationMs]))
  },
  loops: (settings, value) => void (settings.loops = timesOf(value)),
}

/** `text` at its separators, each part with where it stands. */
const split = ({ text, at }: Piece, separator: string): Piece[] => {
  let start = at
  return text.split(separator).map((part) => {
    const piece = { text: part, at: start }
    start += part.length + 1
    return piece
  })
}

const frequency = (piece: Piece): number => {
  const hz = between(piece, 'a frequency in hertz', [0, mostTones.frequencyHz])
  if (hz === 0 || (hz >= 1 && hz < mostTones.frequencyHz)) return hz
  const wanted = `a frequency is 1 to below ${mostTones.frequencyHz} Hz`
  throw new Unreadable(piece.at, `${wanted}, not ${piece.text.trim()}`)
}

const listed = (pieces: readonly Piece[]): number[] => {
  const surplus = pieces[mostTones.frequencies]
  if (surplus) throw new Unreadable(surplus.at, `at most ${mostTones.frequencies} frequencies`)
  return pieces.map(frequency).filter((hz) => hz > 0)
}

/** One tone at the beginning of the text, and how many characters it takes. */
const toneAt = ({ text, at }: Piece, settings: Settings): { tone: Tone; length: number } => {
  const key = text.charAt(0)
  const digit = frequenciesOfDigit(key)
  if (!digit && key !== '%') {
    throw new Unreadable(at, `“${key}” is neither %(…) nor one of the digits 0–9 * # A–D`)
  }
  const { level, direction, stepDb, stepMs, times } = settings
  const common = { level, levelPerMs: (direction * stepDb) / stepMs, times }
  settings.times = 1
  if (text.charAt(1) !== '(') {
    if (!digit) throw new Unreadable(at, 'after % follows (on,off,frequency)')
    const { onMs, offMs } = settings
    return { tone: { onMs, offMs, frequenciesHz: digit, ...common }, length: 1 }
  }
  const end = text.indexOf(')')
  if (end < 0) throw new Unreadable(at + 1, 'the bracket is never closed')
  const inside = { text: text.slice(2, end), at: at + 2 }
  const [on, off, ...frequencies] = split(inside, ',')
  if (!on || !off || (digit === undefined) !== frequencies.length > 0) {
    const wanted = digit ? `${key}(on,off)` : '%(on,off,frequency)'
    throw new Unreadable(at, `written as ${wanted}`)
  }
  const times_ = { onMs: milliseconds(on), offMs: milliseconds(off) }
  const frequenciesHz = digit ?? listed(frequencies)
  return { tone: { ...times_, frequenciesHz, ...common }, length: end + 1 }
}

const readStatement = ({ text, at }: Piece, settings: Settings): Tone[] => {
  const blanks = text.length - text.trimStart().length
  const [, name, value] = /^(loops|\D)=(.*)$/s.exec(text.slice(blanks)) ?? []
  if (name !== undefined && value !== undefined) {
    const set = setters[name]
    if (!set) throw new Unreadable(at + blanks, `there is no setting “${name}=”`)
    set(settings, { text: value, at: at + blanks + name.length + 1 })
    return []
  }
  const tones: Tone[] = []
  for (let from = blanks; from < text.length;) {
    const { tone, length } = toneAt({ text: text.slice(from), at: at + from }, settings)
    tones.push(tone)
    from += length
    while (/\s/.test(text.charAt(from))) from += 1
  }
  return tones
}

const lengthOf = ({ onMs, offMs }: Tone): number => onMs + offMs

const durationOf = (tones: readonly Tone[]): number =>
  tones.reduce((sum, tone) => sum + lengthOf(tone) * tone.times, 0)

/** How often something without end fits into the longest time. */
const fitting = (durationMs: number): number =>
  Math.max(1, Math.floor(mostTones.durationMs / durationMs))

const assemble = (read: readonly Tone[], settings: Settings): Tones => {
  const audible = read.filter((tone) => lengthOf(tone) > 0)
  if (audible.length === 0) throw new Unreadable(0, 'there is no tone in it')
  const endless = audible.findIndex(({ times }) => times === Infinity)
  if (endless >= 0) {
    // Nothing behind it is ever heard.
    const last = audible.slice(0, endless + 1)
    const tones = last.map((tone) =>
      tone.times === Infinity ? { ...tone, times: fitting(lengthOf(tone)) } : tone,
    )
    return { tones, times: 1, durationMs: durationOf(tones) }
  }
  const once = durationOf(audible) * settings.allTimes
  const loops = settings.loops === Infinity ? fitting(once) : settings.loops
  const durationMs = once * loops
  if (durationMs > mostTones.durationMs) throw new Unreadable(0, 'it lasts longer than an hour')
  return { tones: audible, times: settings.allTimes * loops, durationMs }
}

/** Reads a text of the tone language, or says what is wrong with it. */
export const readTones = (text: string): Tones | ToneError => {
  try {
    if (text.length > mostTones.characters) {
      throw new Unreadable(mostTones.characters, `more than ${mostTones.characters} characters`)
    }
    const settings = initial()
    const read = split({ text, at: 0 }, ';').flatMap((piece) => readStatement(piece, settings))
    return assemble(read, settings)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { error: error.message, at: error.at }
  }
}
