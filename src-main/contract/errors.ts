/**
 * Every refusal of the API: its HTTP status, the token in the envelope's `message`, and the sentence in
 * `data.message`. The tokens are Crossbar's own where it has one (spec: error envelope).
 */
export const refusals = {
  parse_error: { status: 400, token: 'parse_error', message: 'failed to parse request body' },
  validation: { status: 400, token: 'validation error', message: 'validation error' },
  invalid_credentials: {
    status: 401,
    token: 'invalid_credentials',
    message: 'invalid credentials',
  },
  forbidden: { status: 403, token: 'forbidden', message: 'forbidden' },
  host_refused: { status: 403, token: 'forbidden', message: 'this Host is not served here' },
  bad_identifier: { status: 404, token: 'bad_identifier', message: 'bad identifier' },
  faulty_request: { status: 404, token: 'faulty_request', message: 'faulty request' },
  no_attachment: { status: 404, token: 'bad identifier', message: 'bad identifier' },
  not_found: { status: 404, token: 'not_found', message: 'not found' },
  invalid_method: { status: 405, token: 'invalid_method', message: 'method not allowed' },
  not_acceptable: { status: 406, token: 'not_acceptable', message: 'no acceptable representation' },
  conflict: { status: 409, token: 'datastore_conflict', message: 'conflicting documents' },
  gone: { status: 410, token: 'gone', message: 'this API version is gone, use /v2' },
  too_large: { status: 413, token: 'validation error', message: 'request body too large' },
  unsupported_type: {
    status: 415,
    token: 'unsupported_type',
    message: 'content type not accepted',
  },
  range_not_satisfiable: {
    status: 416,
    token: 'range not satisfiable',
    message: 'range not satisfiable',
  },
  too_many_listeners: {
    status: 429,
    token: 'too_many_requests',
    message:
      'eight listen to this conference already, as many as can; try again when one of them has stopped',
  },
  fault: { status: 500, token: 'unspecified_fault', message: 'internal error' },
  speech_failed: { status: 500, token: 'speech_failed', message: 'the speech engine failed' },
  datastore_fault: {
    status: 503,
    token: 'datastore_fault',
    message: 'the data store cannot write',
  },
  tool_missing: { status: 503, token: 'tool_missing', message: 'a needed tool is not installed' },
  insufficient_storage: {
    status: 507,
    token: 'insufficient_storage',
    message: 'the disk of the data folder is full',
  },
} as const satisfies Record<string, { status: number; token: string; message: string }>

export type RefusalCode = keyof typeof refusals

/** Rule → facts about its violation; `message` is shown to people. */
export type RuleViolations = Record<string, { message: string } & Record<string, unknown>>

/** Dotted path of the property → the rules it breaks: `{"tts.voice": {"enum": {…}}}`. */
export type Violations = Record<string, RuleViolations>
