import { clockText } from '../../lib/duration.ts'
import { useNow } from '../../ui/use-now.ts'

/** How long something lasts, on and on. */
export const Elapsed = ({ sinceMs }: { sinceMs: number }) => (
  <span>{clockText(Math.max(0, useNow() - sinceMs))}</span>
)
