/** Where a key leads in a list of `count` rows from row `index` (-1 is none); undefined for other keys. */
export const stepIndex = (
  key: string,
  index: number,
  count: number,
  pageRows: number,
): number | undefined => {
  if (count === 0) return undefined
  const within = (target: number) => Math.min(Math.max(target, 0), count - 1)
  switch (key) {
    case 'ArrowDown':
      return within(index + 1)
    case 'ArrowUp':
      return within(index - 1)
    case 'PageDown':
      return within(index + Math.max(1, pageRows))
    case 'PageUp':
      return within(index - Math.max(1, pageRows))
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
