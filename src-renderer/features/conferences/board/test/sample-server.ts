import { vi } from 'vitest'
import { useLive } from '../../../../api/live.ts'
import { useSession } from '../../../../api/session.ts'
import { useToasts } from '../../../../ui/toast-store.ts'
import { useBoard, useSentActions } from '../board-store.ts'
import { board } from './sample-board.ts'

type Request = {
  /** `PUT participants/2 mute`: what is asked of the conference, after its id. */
  readonly text: string
  readonly body: Record<string, unknown>
  readonly url: string
  answer: (data?: unknown) => Promise<void>
  refuse: (status: number, message: string) => Promise<void>
  /** The connection breaks before an answer comes. */
  lose: () => Promise<void>
  readonly isAborted: () => boolean
}

/** Lets promises go on that wait for nothing but each other. */
export const settle = () => vi.advanceTimersByTimeAsync(0)

/** Stands for the server at the edge of the page: whatever is asked waits until a test answers it. */
const sampleServer = () => {
  const requests: Request[] = []
  const fetched = (url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const sent = JSON.parse((init.body as string | undefined) ?? '{}') as {
        data?: Record<string, unknown>
      }
      const body = sent.data ?? {}
      const path = url.replace(/^.*\/conferences\/[^/?]*\/?/, '').replace(/\?.*$/, '')
      const reply = async (status: number, envelope: object) => {
        resolve(Response.json(envelope, { status }))
        await settle()
      }
      init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      requests.push({
        ...{ body, url, text: [path, body.action].filter(Boolean).join(' ') },
        answer: (data = 'ok') => reply(200, { data }),
        refuse: (status, message) => reply(status, { message, data: {} }),
        lose: async () => {
          reject(new TypeError('Failed to fetch'))
          await settle()
        },
        isAborted: () => init.signal?.aborted ?? false,
      })
    })
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('sessionStorage', { removeItem: () => undefined })
  useSession.setState({ phase: 'ready', token: 'secret', account: { id: 'acc', name: 'Main' } })
  return {
    requests,
    /** What was asked for so far, in order. */
    asked: () => requests.map(({ text }) => text),
    last: (): Request => {
      const request = requests.at(-1)
      if (!request) throw new Error('nothing was asked for')
      return request
    },
  }
}

export type SampleServer = ReturnType<typeof sampleServer>

/** A page that shows `c1` and is connected, before anything was done; its clock moves when it is told to. */
export const startSample = (): SampleServer => {
  vi.useFakeTimers()
  useToasts.setState({ toasts: [] })
  useSentActions.setState({ sent: new Map(), latest: new Map() })
  useLive.setState({ state: 'open' })
  useBoard.setState(board(), true)
  return sampleServer()
}

/** Whatever was never answered is given up, so that the next test begins with an empty line. */
export const endSample = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(60_000)
  vi.useRealTimers()
  vi.unstubAllGlobals()
}
