import type { Change } from '../documents/collection.ts'
import type { Call } from './route.ts'

type DocumentCall = Pick<Call, 'accountId' | 'requestId' | 'expectRevision' | 'option'>

/** The change a call asks for. */
export const changeBy = (call: DocumentCall, id: string): Change => ({
  accountId: call.accountId,
  id,
  origin: call.requestId,
  check: call.expectRevision,
})

/** Whether a DELETE is to leave nothing behind: `should_soft_delete=false` (Crossbar). */
export const isForGood = ({ option }: DocumentCall): boolean =>
  String(option('should_soft_delete')) === 'false'
