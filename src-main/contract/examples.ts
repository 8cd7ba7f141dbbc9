import type { EditList } from './edit-list.ts'

/** What the examples of the API's calls have in common. */

export const exampleSource = '3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8559'
export const exampleWindow = 'window-1'

/** Two seconds of a source, the second half 3 dB quieter. */
export const exampleList: EditList = {
  sample_rate_hz: 8000,
  channels: 1,
  sources: { [exampleSource]: { frames: 16_000 } },
  spans: [
    { frames: 8000, layers: [{ source: exampleSource, in: 0 }] },
    {
      frames: 8000,
      layers: [{ source: exampleSource, in: 8000, stages: [{ kind: 'gain', gain_db: -3 }] }],
    },
  ],
  markers: [],
}
