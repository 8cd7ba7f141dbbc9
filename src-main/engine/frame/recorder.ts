/** What is heard at a tap, on its way to a file that keeps the rate it began with. */
export type Recorder = {
  /** 20 ms at the rate that the length means; undefined: 20 ms of silence. */
  readonly push: (samples: Int16Array | undefined) => void
}
