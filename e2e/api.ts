import type { Host } from './hosts/host.ts'

/** The API as a script would use it: a token and fetch. */
export type Api = {
  accountId: string
  /** The envelope's `data`; throws on a refusal. */
  call: <T = unknown>(method: string, path: string, data?: unknown) => Promise<T>
  /** The answer itself, for files. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
}

export const createApi = async ({ url, token }: Pick<Host, 'url' | 'token'>): Promise<Api> => {
  const request = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    headers.set('x-auth-token', token)
    return fetch(url + path, { ...init, headers })
  }
  const call = async <T>(method: string, path: string, data?: unknown): Promise<T> => {
    const response = await request(path, {
      method,
      ...(data !== undefined && {
        body: JSON.stringify({ data }),
        headers: { 'content-type': 'application/json' },
      }),
    })
    const envelope = (await response.json()) as { data: T; status: string }
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(envelope)}`)
    return envelope.data
  }
  const { account } = await call<{ account: { id: string } }>('GET', '/studio/status')
  return { accountId: account.id, call, fetch: request }
}
