import { cancelled } from './process/request.ts'

/** What `work` comes to, or an AbortError as soon as the signal aborts; the work goes on then. */
export const unlessAborted = async <T>(
  work: Promise<T>,
  signal: AbortSignal,
  what: string,
): Promise<T> => {
  const abort = Promise.withResolvers<never>()
  const onAbort = () => abort.reject(cancelled(what, signal))
  signal.addEventListener('abort', onAbort)
  try {
    if (signal.aborted) onAbort()
    return await Promise.race([work, abort.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
