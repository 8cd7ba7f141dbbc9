import { allowHeader, sessionType, supported } from '../core/inspect.ts'
import type { Header } from '../message/message.ts'

/** What may be sent within a call. */
export const callMethods: readonly string[] = [
  ...['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'PRACK', 'UPDATE', 'INFO'],
]

/** What every message with a description says beside it. */
export const sessionHeaders: readonly Header[] = [
  allowHeader(callMethods),
  { name: 'Supported', value: supported.join(', ') },
  { name: 'Content-Type', value: sessionType },
]
