type ScrubberHost = {
  /** Gives a short sound from a frame. */
  grain: (frame: number) => Promise<void>
  failed: (error: unknown) => void
  /** Nothing plays on its own. */
  isFree: () => boolean
  wait: (ms: number, run: () => void) => () => void
}

const everyMs = 60

/** Short sounds one after the other while somebody drags, always of the newest place. */
export const createScrubber = ({ grain, failed, isFree, wait }: ScrubberHost) => {
  let wanted: number | undefined
  let isRunning = false

  const run = async () => {
    isRunning = true
    while (wanted !== undefined && isFree()) {
      const frame = Math.max(0, Math.round(wanted))
      wanted = undefined
      try {
        await grain(frame)
      } catch (error) {
        failed(error)
      }
      await new Promise<void>((resolve) => wait(everyMs, resolve))
    }
    wanted = undefined
    isRunning = false
  }

  return {
    to: (frame: number): void => {
      wanted = frame
      if (!isRunning) void run()
    },
  }
}
