import type { HistoryEntry } from '#contract/board'
import type { AskedBy } from '#contract/live-conferences'
import { csvLine } from '../../platform/http/csv.ts'

const columns = [
  ...['event', 'application_name', 'participant_id', 'caller_id_name', 'caller_id_number'],
  ...['other_participant', 'relationship', 'media_id', 'recording_id', 'recording_ms'],
  ...['endpoint_id', 'endpoints', 'cause', 'reason', 'text'],
]

const whoAsked = (by: AskedBy | undefined): string => {
  if (!by) return ''
  if (by.kind === 'user') return by.name
  return by.kind === 'participant' ? `participant ${by.participant_id} ${by.name}`.trim() : by.kind
}

/** A list is one cell. */
const cellOf = (value: unknown): unknown => (Array.isArray(value) ? value.join(' ') : value)

const lineOf = ({ entry_id, at_ms, instance_id, event }: HistoryEntry): string =>
  csvLine([
    new Date(at_ms).toISOString(),
    ...columns.map((key) => cellOf(event[key])),
    whoAsked(event.by as AskedBy | undefined),
    instance_id,
    entry_id,
  ])

/** History as a table (RFC 4180). Times are UTC. */
export const historyTable = async function* (
  portions: AsyncIterable<readonly HistoryEntry[]>,
): AsyncGenerator<string> {
  yield csvLine(['time', ...columns, 'by', 'instance_id', 'entry_id'])
  for await (const portion of portions) yield portion.map(lineOf).join('')
}
