/** What was measured in the window, in milliseconds. */
export type Watched = {
  /** From a message on the websocket that somebody in sight talks, to the frame that shows it. */
  paints: number[]
  /** Between frames. */
  frames: number[]
  longTasks: number[]
}

declare global {
  var boardWatch: { start: () => void; stop: () => Watched }
}

/** Runs in the page before its scripts: it can use nothing from outside of itself. */
export const watchBoard = (): void => {
  const waiting = new Map<string, number>()
  let watched: Watched = { paints: [], frames: [], longTasks: [] }
  let isOn = false

  const rowOf = (callId: string) =>
    [...document.querySelectorAll('[data-row]')].find((row) =>
      row.getAttribute('data-row')?.endsWith(` ${callId}`),
    )
  const talks = (row: Element | undefined) => row?.querySelector('.talk-on') !== null

  const Socket = window.WebSocket
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', ({ data }: MessageEvent<string>) => {
        if (!isOn || !data.includes('"start-talking"')) return
        const { data: told } = JSON.parse(data) as { data: { call_id: string } }
        const row = rowOf(told.call_id)
        if (row && !talks(row)) waiting.set(told.call_id, performance.now())
      })
    }
  }

  const frame = (before: number) => (now: number) => {
    if (!isOn) return
    watched.frames.push(now - before)
    // What this frame's callbacks drew is painted before the next task.
    const shown = new MessageChannel()
    shown.port1.onmessage = () => {
      const paintedMs = performance.now()
      for (const [callId, atMs] of waiting) {
        const row = rowOf(callId)
        if (row && !talks(row) && paintedMs - atMs < 2000) continue
        if (row && talks(row)) watched.paints.push(paintedMs - atMs)
        waiting.delete(callId)
      }
    }
    requestAnimationFrame(frame(now))
    requestAnimationFrame(() => shown.port2.postMessage(0))
  }

  new PerformanceObserver((list) => {
    if (isOn) watched.longTasks.push(...list.getEntries().map(({ duration }) => duration))
  }).observe({ entryTypes: ['longtask'] })

  window.boardWatch = {
    start: () => {
      watched = { paints: [], frames: [], longTasks: [] }
      isOn = true
      requestAnimationFrame((now) => requestAnimationFrame(frame(now)))
    },
    stop: () => {
      isOn = false
      return watched
    },
  }
}
