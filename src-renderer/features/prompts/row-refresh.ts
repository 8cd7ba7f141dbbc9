import { coalesce } from '../../lib/coalesce.ts'

const collectMs = 250
const mostRows = 20
const wholeEveryMs = 1000

type Refresh = { row: (promptId: string) => void; whole: () => void }

/**
 * Turns a stream of changed prompts into few requests: row by row while somebody edits, the whole
 * matrix once a second while an import changes hundreds.
 */
export const createRowRefresh = ({ row, whole }: Refresh) => {
  const wholes = coalesce<'whole'>(wholeEveryMs, whole)
  const rows = coalesce<string>(collectMs, (promptIds) => {
    if (promptIds.size > mostRows) wholes.add('whole')
    else for (const promptId of promptIds) row(promptId)
  })
  return {
    changed: (promptId: string) => rows.add(promptId),
    allChanged: () => wholes.add('whole'),
    stop: () => {
      rows.stop()
      wholes.stop()
    },
  }
}
