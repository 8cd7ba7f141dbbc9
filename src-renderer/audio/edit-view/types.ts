import type { EditList, Marker } from '#contract/edit-list'
import type { StoreApi } from 'zustand/vanilla'
import type { SourceTiles } from './source-tiles.ts'

/** Positions are frames of the edit list; fractions of a frame only where it says so. */

/** [from, to). */
export type FrameRange = { from: number; to: number }

/** What part of the list is seen. */
export type View = {
  /** Leftmost frame; may be fractional. */
  from: number
  /** Frames per CSS pixel, from 1/64. Larger than fits is brought down to all of it. */
  framesPerPixel: number
}

export type EditViewState = {
  view: View
  /** CSS pixels of the view; 0 until it is laid out. Written by EditView. */
  width: number
  /** Empty (from = to) when nothing is selected. */
  selection: FrameRange
  /**
   * Where typing, pasting and playing begin. With a selection it is the end that Shift moves: the
   * other one stays.
   */
  cursor: number
}

/**
 * State that changes with every frame while something is dragged or scrolled: React components read
 * the parts they show with zustand's `useStore`, the painters subscribe to it directly.
 */
export type EditViewStore = StoreApi<EditViewState>

/** What is heard, as the views see it. */
export type Clock = {
  isPlaying: () => boolean
  /** The frame being heard; asked once per drawn frame. Undefined when nothing is. */
  frame: () => number | undefined
  /** Calls back when playing starts, stops or jumps; the answer ends it. */
  onChange: (listener: () => void) => () => void
}

/** How times are written: 1.240 s, 54 684, or 0:00:01.240. */
export type Units = 'seconds' | 'samples' | 'clock'

/** How the view follows what is heard: not at all, by pages, or with the playhead in the middle. */
export type Follow = 'off' | 'page' | 'smooth'

export type EditViewProps = {
  list: EditList
  tiles: SourceTiles
  state: EditViewStore
  clock: Clock
  units: Units
  /** Whether edges that are dragged settle at zero crossings near by. */
  snap: boolean
  /** The wave alone, or the spectrogram below it. */
  mode: 'wave' | 'both'
  /** 0 to 4 kHz, what a telephone carries, or all there is. */
  spectrogram: 'narrow' | 'full'
  follow: Follow
  /** The accessible name, such as "Waveform of vm-goodbye". */
  label: string
  /** What is at the cursor besides its time, for assistive technology: "speech, −17 dBov". */
  levelText?: string
  /** All of the first view is on the screen: whatever else there is may come now. */
  onSeen?: () => void
  /** Playing follows the pointer: the frame under it, undefined when it is let go. */
  onScrub?: (frame: number | undefined) => void
  /** A marker was dragged to another place. Without it markers stay where they are. */
  onMarkerMove?: (marker: Marker) => void
}

export type OverviewProps = {
  list: EditList
  tiles: SourceTiles
  state: EditViewStore
  clock: Clock
  label: string
  /** Clicked, or sought by the clock's own means. */
  onSeek: (frame: number) => void
}
