import type { Writable } from 'node:stream'

/** Resolves when the tool has taken it all, or when nobody reads any more. */
const write = (stdin: Writable, block: Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (stdin.destroyed) resolve()
    else stdin.write(block, () => resolve())
  })

/**
 * Writes blocks into a tool's stdin as fast as it takes them, and then its end. One block is pulled
 * while the one before is being taken. Gives up when `gone` resolves: what the tool's exit code says is
 * what counts then. Rejects with the error of the blocks, and leaves stdin open: an end would tell the
 * tool that it has everything.
 */
export const feed = async (
  stdin: Writable,
  blocks: AsyncIterable<Buffer>,
  watch: { gone: Promise<unknown>; onTaken: () => void },
): Promise<void> => {
  const source = blocks[Symbol.asyncIterator]()
  const gone = watch.gone.then(() => undefined)
  let taken = Promise.resolve()
  for (;;) {
    const pulled = source.next()
    pulled.catch(() => undefined) // it may fail after the tool is gone, when nobody waits for it
    const next = await Promise.race([pulled, gone])
    if (next?.done) break
    await taken
    if (!next || stdin.destroyed) {
      source.return?.().catch(() => undefined)
      return
    }
    taken = write(stdin, next.value).then(watch.onTaken)
  }
  await taken
  stdin.end()
}
