/** What was measured in the window, in milliseconds. */
export type Watched = {
  /** From a message on the websocket that somebody whose row exists talks, to the frame that shows it. */
  readonly paints: readonly number[]
  /** Between frames. */
  readonly frames: readonly number[]
  readonly longTasks: readonly number[]
}

declare global {
  var boardWatch: { start: () => void; stop: () => Watched }
}

/** Runs in the page before its scripts: it can use nothing from outside of itself. */
export const watchBoard = (): void => {
  const waiting = new Map<string, number>()
  let watched = { paints: [] as number[], frames: [] as number[], longTasks: [] as number[] }
  let isOn = false

  /** By Call-ID, looked for once a frame and not once an event: watching must cost next to nothing. */
  let rows: Map<string, Element> | undefined
  const rowOf = (callId: string) => {
    rows ??= new Map(
      [...document.querySelectorAll('[data-row]')].map((row) => [
        row.getAttribute('data-row')?.split(' ')[1] ?? '',
        row,
      ]),
    )
    return rows.get(callId)
  }
  const talks = (row: Element) => row.querySelector('.talk-on') !== null

  const Socket = window.WebSocket
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', ({ data }: MessageEvent<string>) => {
        if (!isOn || !data.includes('"start-talking"')) return
        const callId = /"call_id":"([^"]+)"/.exec(data)?.[1] ?? ''
        const row = rowOf(callId)
        if (row && !talks(row)) waiting.set(callId, performance.now())
      })
    }
  }

  const look = () => {
    const paintedMs = performance.now()
    for (const [callId, atMs] of waiting) {
      const row = rowOf(callId)
      const isShown = row !== undefined && talks(row)
      if (row && !isShown && paintedMs - atMs < 2000) continue
      if (isShown) watched.paints.push(paintedMs - atMs)
      waiting.delete(callId)
    }
  }
  const painted = new MessageChannel()
  painted.port1.onmessage = look
  const frame = (before: number) => (now: number) => {
    if (!isOn) return
    rows = undefined
    watched.frames.push(now - before)
    // What all callbacks of this frame draw is painted before the next task.
    if (waiting.size > 0) painted.port2.postMessage(0)
    requestAnimationFrame(frame(now))
  }

  new PerformanceObserver((list) => {
    if (isOn) watched.longTasks.push(...list.getEntries().map(({ duration }) => duration))
  }).observe({ entryTypes: ['longtask'] })

  window.boardWatch = {
    start: () => {
      watched = { paints: [], frames: [], longTasks: [] }
      waiting.clear()
      isOn = true
      requestAnimationFrame((now) => requestAnimationFrame(frame(now)))
    },
    stop: () => {
      isOn = false
      return watched
    },
  }
}
