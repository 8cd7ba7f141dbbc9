import type { Writable } from 'node:stream'

/** Resolves when there is room for more, or when nobody reads any more. */
const room = (stdin: Writable): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      stdin.off('drain', done)
      stdin.off('close', done)
      resolve()
    }
    stdin.on('drain', done)
    stdin.on('close', done)
    if (stdin.closed) done()
  })

/**
 * Writes blocks into a tool's stdin as fast as it takes them, and then its end. Gives up when `gone`
 * resolves: what the tool's exit code says is what counts then. Rejects with the error of the blocks,
 * and leaves stdin open: an end would tell the tool that it has everything.
 */
export const feed = async (
  stdin: Writable,
  blocks: AsyncIterable<Buffer>,
  watch: { gone: Promise<unknown>; onTaken: () => void },
): Promise<void> => {
  const source = blocks[Symbol.asyncIterator]()
  const gone = watch.gone.then(() => undefined)
  for (;;) {
    const pulled = source.next()
    pulled.catch(() => undefined) // it may fail after the tool is gone, when nobody waits for it
    const next = await Promise.race([pulled, gone])
    if (next?.done) break
    if (!next || stdin.destroyed) {
      source.return?.().catch(() => undefined)
      return
    }
    if (!stdin.write(next.value)) await room(stdin)
    watch.onTaken()
  }
  stdin.end()
}
