import type { Play } from './plays.ts'

/** Music while it is wanted. Starting and stopping take their time, what was wanted last is what becomes. */
export type HoldMusic = { readonly reconcile: () => void }

export const createHoldMusic = (deps: {
  isWanted: () => boolean
  start: () => Promise<Play>
  failed: (error: unknown) => void
}): HoldMusic => {
  const { isWanted, start, failed } = deps
  let music: Play | undefined
  let turn = Promise.resolve()

  const settle = async () => {
    if (isWanted() === (music !== undefined)) return
    if (music) {
      music.stop()
      music = undefined
    } else music = await start()
  }
  return {
    reconcile: () => {
      turn = turn.then(settle).catch(failed)
    },
  }
}
