/** Collects values and hands over the distinct ones at most once per `everyMs`. */
export const coalesce = <T>(everyMs: number, flush: (values: ReadonlySet<T>) => void) => {
  let waiting = new Set<T>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    add: (value: T) => {
      waiting.add(value)
      timer ??= setTimeout(() => {
        const values = waiting
        waiting = new Set()
        timer = undefined
        flush(values)
      }, everyMs)
    },
    stop: () => {
      clearTimeout(timer)
      timer = undefined
      waiting.clear()
    },
  }
}
