const KEPT = 16 * 1024

/** Keeps the end of what a tool says, and reports it line by line as it comes. */
export const createTail = (onLine: (line: string) => void = () => undefined) => {
  let kept = ''
  let open = ''

  const push = (text: string) => {
    kept = (kept + text).slice(-KEPT)
    const lines = (open + text).split(/[\r\n]+/) // progress lines end with a bare CR
    open = (lines.pop() ?? '').slice(-KEPT)
    for (const line of lines) if (line !== '') onLine(line)
  }
  const finish = (): string => {
    if (open !== '') onLine(open)
    open = ''
    return kept
  }
  return { push, finish }
}
