import type { PlaceState } from './cell-state.ts'
import './state-glyph.css'

/** A shape per state, so that colour never speaks alone. Its word stands beside it or in the name. */
export const StateGlyph = ({ state }: { state: PlaceState }) => (
  <span className={`state-glyph state-glyph-${state}`} aria-hidden="true" />
)
