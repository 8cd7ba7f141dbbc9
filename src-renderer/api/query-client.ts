import { MutationCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'

const mostRetries = 2

/** Only what may be different next time: no answer, or a fault of the backend. */
const isWorthRetrying = (failures: number, error: Error): boolean =>
  failures < mostRetries && error instanceof ApiError && (error.status === 0 || error.status >= 500)

/** A mutation with this meta shows its error itself, beside the field or the file it belongs to. */
export const showsOwnErrors = { showsOwnErrors: true }

/** Data stays fresh until a live event says otherwise; failed changes are reported once, here. */
export const createQueryClient = (report: (message: string) => void): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // The browser's idea of being offline says nothing about a backend on the same machine.
      queries: {
        staleTime: Infinity,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: isWorthRetrying,
      },
      mutations: { networkMode: 'always' },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        // An ended login is asked for on top of everything.
        const asksForLogin = error instanceof ApiError && error.status === 401
        if (mutation.meta?.showsOwnErrors !== true && !asksForLogin) report(error.message)
      },
    }),
  })
