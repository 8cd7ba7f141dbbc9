/** What waits for its turn: so many are worked on at once, the rest in the order they came. */
export const actionLine = (mostAtOnce: number, work: (id: number) => Promise<void>) => {
  let waiting: number[] = []
  let running = 0
  const pump = () => {
    while (running < mostAtOnce) {
      const id = waiting.shift()
      if (id === undefined) return
      running += 1
      void work(id).finally(() => {
        running -= 1
        pump()
      })
    }
  }
  return {
    add: (id: number) => {
      waiting.push(id)
      pump()
    },
    isWaiting: (id: number) => waiting.includes(id),
    /** Those that were waiting: none of them is worked on any more. */
    clear: (): readonly number[] => {
      const ids = waiting
      waiting = []
      return ids
    },
  }
}
