import type { Marker } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import type { EditViewProps, EditViewState } from './types.ts'
import type { Extent } from './view.ts'

/** What is painted: the newest properties and the state of the view. */
export type Scene = {
  props: () => EditViewProps
  state: () => EditViewState
  set: (state: Partial<EditViewState>) => void
  extent: () => Extent
  /** Those of the list, with the one that is being dragged where it is dragged to. */
  markers: () => readonly Marker[]
  dragMarker: (marker: Marker | undefined) => void
}

export const createScene = (props: () => EditViewProps): Scene => {
  let dragged: Marker | undefined
  return {
    props,
    state: () => props().state.getState(),
    set: (state) => props().state.setState(state),
    extent: () => ({ frames: framesOf(props().list), width: props().state.getState().width }),
    markers: () => {
      const { markers } = props().list
      return dragged ? markers.map((each) => (each.id === dragged?.id ? dragged : each)) : markers
    },
    dragMarker: (marker) => {
      dragged = marker
    },
  }
}
