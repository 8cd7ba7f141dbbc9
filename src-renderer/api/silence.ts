/** A connection that died without a word is given up ten to fifteen seconds after it; what is shown is old by then. */
const lookEveryMs = 5000
/** Where there is a reason to believe that it died. */
const doubtMs = 2000

type Ends = {
  /** Asks the other end to say something. */
  ask: () => void
  giveUp: () => void
}

/** Watches whether anything is heard, and asks before it gives up. */
export const watchSilence = ({ ask, giveUp }: Ends) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Looks since something was heard. */
  let silent = 0
  const look = () => {
    if (silent >= 2) {
      giveUp()
      return
    }
    if (silent === 1) ask()
    silent += 1
    timer = setTimeout(look, lookEveryMs)
  }
  const stop = () => clearTimeout(timer)
  return {
    /** From now on; what is to answer first has ten seconds. */
    start: () => {
      stop()
      silent = 0
      look()
    },
    stop,
    heard: () => {
      silent = 0
    },
    /** Gives up soon unless it answers. */
    doubt: () => {
      stop()
      ask()
      silent = 2
      timer = setTimeout(look, doubtMs)
    },
  }
}
