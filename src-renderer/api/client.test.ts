import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userAuth } from '#contract/accounts'
import * as media from '#contract/media'
import * as studio from '#contract/studio'
import { violationText, type ApiError } from './api-error.ts'
import { call, callPage, urlOf } from './client.ts'
import { useSession } from './session.ts'

const answer = (body: unknown, status = 200) => {
  const fetched = vi.fn(() => Promise.resolve(Response.json(body, { status })))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

const failure = (promise: Promise<unknown>): Promise<ApiError> =>
  promise.then(
    () => expect.unreachable('the call succeeded'),
    (error: unknown) => error as ApiError,
  )

beforeEach(() => {
  vi.stubGlobal('sessionStorage', { removeItem: vi.fn() })
  useSession.setState({ phase: 'ready', token: 'secret', account: { id: 'acc', name: 'Main' } })
})
afterEach(() => vi.unstubAllGlobals())

test('fills the path and takes the account from the session', () => {
  expect(urlOf(media.get, { params: { media_id: '0a1b' } })).toBe('/v2/accounts/acc/media/0a1b')
})

test('encodes an id that already carries an escape', () => {
  const url = urlOf(media.download, { params: { media_id: 'en-us%2Fvm-enter_pass' } })

  expect(url).toBe('/v2/accounts/acc/media/en-us%252Fvm-enter_pass/raw')
})

test('addresses the system library without an account', () => {
  expect(urlOf(media.list, { system: true })).toBe('/v2/media')
})

test('leaves out of the query what is undefined', () => {
  expect(urlOf(studio.library, { query: { search: 'hold & wait', target: undefined } })).toBe(
    '/studio/media?search=hold+%26+wait',
  )
})

test('refuses to build a path with a hole in it', () => {
  expect(() => urlOf(studio.job)).toThrow('needs job_id')
})

test('sends token and envelope and unwraps the answer', async () => {
  const fetched = answer({ status: 'success', data: { id: 'm1' } })

  const document = await call(media.patch, { params: { media_id: 'm1' }, data: { name: 'Hold' } })

  expect(document).toEqual({ id: 'm1' })
  expect(fetched).toHaveBeenCalledWith(
    '/v2/accounts/acc/media/m1',
    expect.objectContaining({
      method: 'PATCH',
      body: '{"data":{"name":"Hold"}}',
      headers: expect.objectContaining({ 'X-Auth-Token': 'secret' }) as unknown,
    }),
  )
})

test('pages with the key of the page before', async () => {
  const fetched = answer({ status: 'success', data: [], next_start_key: 'k2' })

  const page = await callPage(studio.library, { startKey: 'k1', pageSize: 50 })

  expect(page).toEqual({ data: [], nextStartKey: 'k2' })
  expect(fetched).toHaveBeenCalledWith('/studio/media?start_key=k1&page_size=50', expect.anything())
})

test('tells which field breaks which rule', async () => {
  const rule = { message: 'Must have 1 character', target: 1 }
  answer({ status: 'error', message: 'validation error', data: { name: { minLength: rule } } }, 400)

  const error = await failure(call(studio.status))

  expect(error).toMatchObject({ status: 400, code: 'validation error' })
  expect(violationText(error.violations, 'name')).toBe(rule.message)
  expect(violationText(error.violations, 'description')).toBeUndefined()
  expect(error.message).toBe(`name: ${rule.message}`)
})

test('says what the backend says about a refusal it has no better words for', async () => {
  answer({ status: 'error', message: 'tool_missing', data: { message: 'sox is missing' } }, 503)

  await expect(call(studio.status)).rejects.toMatchObject({
    status: 503,
    message: 'sox is missing',
  })
})

test('reads an answer that is no envelope', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })))

  await expect(call(studio.status)).rejects.toMatchObject({ status: 502, code: 'http_502' })
})

test('no answer is an error of its own, and says what is known of it', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))

  const read = await failure(call(studio.status))
  expect(read).toMatchObject({ status: 0, code: 'unreachable' })
  expect(read.message).toBe('The backend does not answer.')
  const login = await failure(call(userAuth, { data: { credentials: 'x' } }))
  expect(login.message).toBe('The backend does not answer.')

  const params = { media_id: 'm1' }
  const write = await failure(call(media.patch, { params, data: { name: 'Hold' } }))
  expect(write).toMatchObject({ status: 0, code: 'unreachable' })
  expect(write.message).toBe('No answer came: it may or may not have been done. Reload to see.')
})

test('an answer that breaks off is none', async () => {
  const body = () =>
    new ReadableStream({
      pull: (controller) => controller.error(new TypeError('network error')),
    })
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body())))

  await expect(call(studio.status)).rejects.toMatchObject({ status: 0, code: 'unreachable' })
  await expect(callPage(studio.library, {})).rejects.toMatchObject({ status: 0 })
})

test('a cancelled call stays an AbortError', async () => {
  const signal = AbortSignal.abort()
  vi.stubGlobal('fetch', () => Promise.reject(signal.reason as DOMException))

  await expect(call(studio.status, { signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
})

test('a refused token ends the session and keeps the account on the screen', async () => {
  answer({ status: 'error', message: 'invalid_credentials', data: {} }, 401)

  const error = await failure(call(studio.status))

  expect(error.message).toBe('Your login has ended.')
  expect(useSession.getState()).toMatchObject({ phase: 'expired', account: { name: 'Main' } })
})

test('a refused login says what is wrong and leaves the session as it is', async () => {
  answer({ status: 'error', message: 'invalid_credentials', data: {} }, 401)

  const error = await failure(call(userAuth, { data: { credentials: 'x' } }))

  expect(error.message).toMatch(/password is not right/)
  expect(useSession.getState().phase).toBe('ready')
})
