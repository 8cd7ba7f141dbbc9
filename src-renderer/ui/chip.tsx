import type { ReactNode } from 'react'
import { ToggleButton } from 'react-aria-components'
import './chip.css'

type ChipProps = {
  pressed: boolean
  onChange: (pressed: boolean) => void
  /** A shape that says the same as the colour. */
  glyph?: ReactNode
  count?: number
  children: ReactNode
}

/** Made once: making one takes longer than the rest of a chip. */
const figures = new Intl.NumberFormat('en')

/** A filter that is on or off. */
export const Chip = ({ pressed, onChange, glyph, count, children }: ChipProps) => (
  <ToggleButton className="chip" isSelected={pressed} onChange={onChange}>
    {glyph === undefined ? null : (
      <span className="chip-glyph" aria-hidden="true">
        {glyph}
      </span>
    )}
    {children}
    {count === undefined ? null : <span className="chip-count">{figures.format(count)}</span>}
  </ToggleButton>
)
