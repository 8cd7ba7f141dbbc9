import { createHash } from 'node:crypto'
import { refusals } from '#contract/errors'
import { AppError, isAbort } from '../errors.ts'
import type { Log } from '../log.ts'
import type { JsonReply } from './route.ts'

/** An answer before it goes over the wire. `text` replaces the JSON of `body`. */
export type Answer = {
  status: number
  headers: Record<string, string>
  body?: Record<string, unknown>
  text?: string
}

export type Framing = { node: string; version: string; requestId: string; now: () => Date }

const frame = ({ node, requestId, now }: Framing) => ({
  request_id: requestId,
  node,
  timestamp: now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z'),
})

const hashOf = (value: unknown): string =>
  createHash('md5').update(JSON.stringify(value)).digest('hex')

/** The success envelope (spec: success envelope), with the ETag that lets a GET be answered by 304. */
export const successAnswer = (
  framing: Framing,
  reply: JsonReply,
  request: { status: number; token: string | undefined; location: string | undefined },
): Answer => {
  const token = reply.token ?? request.token
  const { page } = reply
  // The keys belong to it: a list may grow by a page and keep the data of this one.
  const revision = reply.revision ?? hashOf([reply.data, page])
  const etag = reply.live === undefined ? revision : `${revision}.${hashOf(reply.live)}`
  return {
    status: request.status,
    headers: { etag: `"${etag}"`, ...(request.location && { location: request.location }) },
    body: {
      ...(page && { page_size: page.size }),
      ...(page?.startKey !== undefined && { start_key: page.startKey }),
      ...(page?.nextStartKey !== undefined && { next_start_key: page.nextStartKey }),
      data: reply.data,
      ...(reply.metadata !== undefined && { metadata: reply.metadata }),
      status: 'success',
      revision,
      ...frame(framing),
      ...(token !== undefined && { auth_token: token, version: framing.version }),
    },
  }
}

const hangUps: unknown[] = ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']

/** The client went away while its body was read. */
const isHangUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && hangUps.includes(error.code)

/** The error envelope. What is no refusal is a bug: logged whole, shown as nothing but a request id. */
export const errorAnswer = (framing: Framing, error: unknown, log: Log): Answer => {
  if (!(error instanceof AppError)) {
    if (isAbort(error) || isHangUp(error))
      log.debug('request aborted', { request_id: framing.requestId })
    else log.error('request failed', { request_id: framing.requestId, error })
  }
  const refusal = error instanceof AppError ? error : new AppError('fault')
  const { status, token } = refusals[refusal.code]
  const { cause, data, headers = {} } = refusal.details
  return {
    status,
    headers: { ...headers },
    body: {
      data: data ?? { message: refusal.message, ...(cause !== undefined && { cause }) },
      status: 'error',
      error: String(status),
      message: token,
      ...frame(framing),
    },
  }
}
