import { allowHeader, callMethods, sessionType, supported } from '../core/inspect.ts'
import type { Header } from '../message/message.ts'

/** What every message with a description says beside it. */
export const sessionHeaders: readonly Header[] = [
  allowHeader(callMethods),
  { name: 'Supported', value: supported.join(', ') },
  { name: 'Content-Type', value: sessionType },
]
