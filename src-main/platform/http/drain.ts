import type { IncomingMessage } from 'node:http'

const maximumBytes = 100_000_000
const patienceMs = 5000

/**
 * Reads and drops what is left of a refused body. Many clients hear no answer before they have sent
 * everything: hung up on, they report a broken pipe instead of the refusal. Gives up on a body that is
 * too large or too slow to wait for; then the connection has to be closed.
 */
export const drain = async (request: IncomingMessage): Promise<void> => {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (request.complete || request.destroyed || announced > maximumBytes) return
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const stop = () => resolve(undefined)
  let size = 0
  const count = (chunk: Buffer) => {
    size += chunk.length
    if (size > maximumBytes) stop()
  }
  const impatient = setTimeout(stop, patienceMs)
  request.on('data', count).once('end', stop).once('close', stop)
  await promise
  clearTimeout(impatient)
  request.off('data', count).off('end', stop).off('close', stop)
}
