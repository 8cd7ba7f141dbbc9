/**
 * Owns lifetimes. Whatever is started is registered on a scope, and disposing the scope stops it:
 * children first, then its own entries, last in first out. Registering on a disposed scope stops the
 * thing at once, so nothing can leak through a race with shutdown.
 */
export type Scope = {
  readonly name: string
  /** Aborted when the scope is disposed. */
  readonly signal: AbortSignal
  /** Registers how to stop something; the returned function forgets it without stopping. */
  add: (stop: Stop) => () => void
  /** A scope that is disposed with this one, and may be disposed earlier. */
  child: (name: string) => Scope
  /** Runs once after `delayMs`, unless the scope is disposed first. Returns a cancel function. */
  timeout: (run: () => void, delayMs: number) => () => void
  /** Runs every `periodMs` until the scope is disposed. Returns a cancel function. */
  interval: (run: () => void, periodMs: number) => () => void
  /** Stops everything. Idempotent. A failing stop does not keep the others from running. */
  dispose: () => Promise<void>
}

export type Stop = () => void | Promise<void>

export const createScope = (name: string): Scope => {
  const children = new Set<Scope>()
  const stops = new Map<symbol, Stop>()
  const abort = new AbortController()
  let disposed: Promise<void> | undefined

  const add = (stop: Stop): (() => void) => {
    if (disposed) {
      disposed = Promise.allSettled([disposed, Promise.resolve().then(stop)]).then(() => undefined)
      return () => undefined
    }
    const key = Symbol(name)
    stops.set(key, stop)
    return () => void stops.delete(key)
  }

  const timer = (start: (fire: () => void) => () => void): (() => void) => {
    const stop = start(() => forget())
    const forget = add(stop)
    return () => {
      forget()
      stop()
    }
  }

  const disposeAll = async () => {
    abort.abort()
    const failures: unknown[] = []
    const attempt = async (stop: Stop) => {
      try {
        await stop()
      } catch (error) {
        failures.push(error)
      }
    }
    await Promise.all([...children].map((child) => attempt(child.dispose)))
    for (const stop of [...stops.values()].reverse()) await attempt(stop)
    stops.clear()
    if (failures.length > 0) throw new AggregateError(failures, `stopping "${name}" failed`)
  }

  return {
    name,
    signal: abort.signal,
    add,
    child: (childName) => {
      const child = createScope(`${name}/${childName}`)
      const forget = add(child.dispose)
      children.add(child)
      child.add(() => {
        children.delete(child)
        forget()
      })
      return child
    },
    timeout: (run, delayMs) =>
      timer((done) => {
        const handle = setTimeout(() => {
          done()
          run()
        }, delayMs)
        return () => clearTimeout(handle)
      }),
    interval: (run, periodMs) =>
      timer(() => {
        const handle = setInterval(run, periodMs)
        return () => clearInterval(handle)
      }),
    dispose: () => (disposed ??= disposeAll()),
  }
}
