import { Type, type Static } from 'typebox'

/** The frame around every JSON answer. `page_size` and the keys belong to lists only. */
export const SuccessEnvelope = Type.Object({
  data: Type.Unknown(),
  status: Type.Literal('success'),
  request_id: Type.String({ pattern: '^[0-9A-Za-z_-]{1,64}$' }),
  revision: Type.Optional(Type.String()),
  metadata: Type.Optional(Type.Unknown()),
  auth_token: Type.Optional(Type.String()),
  node: Type.String(),
  timestamp: Type.String({ format: 'date-time' }),
  version: Type.Optional(Type.String()),
  page_size: Type.Optional(Type.Integer()),
  start_key: Type.Optional(Type.String()),
  next_start_key: Type.Optional(Type.String()),
})

/** `error` is the HTTP status as a string; `data` explains, keyed by property for validation errors. */
export const ErrorEnvelope = Type.Object({
  data: Type.Unknown(),
  status: Type.Literal('error'),
  error: Type.String(),
  message: Type.String(),
  request_id: Type.String(),
  node: Type.String(),
  timestamp: Type.String({ format: 'date-time' }),
})

export type SuccessEnvelope = Static<typeof SuccessEnvelope>
export type ErrorEnvelope = Static<typeof ErrorEnvelope>

/** Seconds between the year 0 (Gregorian) and 1970: document times are Gregorian seconds. */
export const GREGORIAN_OFFSET_S = 62_167_219_200
