type Remembered<T> = { key: string; answer: Promise<T>; atMs: number }

/** Asks once and answers the same for `keepMs`, or until another key is asked for. Failures are forgotten. */
export const remember = <T>(
  keepMs: number,
  ask: (key: string) => Promise<T>,
  nowMs: () => number = () => performance.now(),
): ((key: string) => Promise<T>) => {
  let last: Remembered<T> | undefined

  return (key) => {
    if (last?.key === key && nowMs() - last.atMs < keepMs) return last.answer
    const answer = ask(key)
    const asked = { key, answer, atMs: nowMs() }
    last = asked
    answer.catch(() => {
      if (last === asked) last = undefined
    })
    return answer
  }
}
