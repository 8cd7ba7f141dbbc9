import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'

/** Kinds of documents that are told of when they change. */
export const objectTypes = [
  'media',
  'script',
  'job',
  'settings',
  'source',
  'draft',
  'recipe',
  'batch',
  'user',
  'device',
  'registration',
  'conference',
] as const

/** What changed, as websocket clients hear it: binding `object.{event}.{type}`. */
export const ObjectEvent = Type.Object({
  event: Type.Enum(['doc_created', 'doc_edited', 'doc_deleted']),
  type: Type.Enum([...objectTypes]),
  id: Type.String(),
  account_id: Type.String(),
  rev: Type.Optional(Type.String()),
  origin: Type.Optional(Type.String({ description: 'request_id of the call that caused it.' })),
})
export type ObjectEvent = Static<typeof ObjectEvent>

/** Client → server frame. */
export const SocketCommand = Type.Object({
  action: Type.String(),
  auth_token: Type.Optional(Type.String()),
  request_id: Type.Optional(Type.String()),
  data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type SocketCommand = Static<typeof SocketCommand>

/** Server → client frames: the reply to a command, or an event of a binding. */
export type SocketReply = {
  action: 'reply'
  request_id: string
  status: 'success' | 'error'
  data: Record<string, unknown>
}
export type SocketEvent = {
  action: 'event'
  subscribed_key: string
  subscription_key: string
  name: string
  routing_key: string
  data: Record<string, unknown>
}

/** The websocket's path on the API's own port. */
export const socketPath = '/socket'

export const bindings = endpoint('GET', '/v2/websockets', {
  tag: 'websockets',
  access: 'open',
  summary: 'Bindings that can be subscribed to',
  reply: Type.Record(Type.String(), Type.Array(Type.String())),
})

export const sockets = endpoint('GET', '/v2/accounts/{account_id}/websockets', {
  tag: 'websockets',
  access: 'account',
  summary: 'Open websockets of the account and what they are subscribed to',
  reply: Type.Array(
    Type.Object({
      websocket_session_id: Type.String(),
      timestamp: Type.Integer(),
      bindings: Type.Array(Type.String()),
    }),
  ),
})
