const wordStart = /[\s\-_/.:(]/

const wordScore = (text: string, word: string): number => {
  const at = text.indexOf(word)
  if (at < 0) return 0
  if (at === 0) return text.length === word.length ? 5 : 4
  return wordStart.test(text.charAt(at - 1)) ? 3 : 1
}

/** How well a text fits what was typed: 0 when a word is missing, more for starts of words. */
export const matchScore = (text: string, typed: string): number => {
  const lower = text.toLowerCase()
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return 1
  const scores = words.map((word) => wordScore(lower, word))
  if (scores.includes(0)) return 0
  const average = scores.reduce((sum, score) => sum + score, 0) / words.length
  // Of equal fits the shorter text is the one that was meant.
  return average + 1 / (2 + lower.length)
}
