import { memo } from 'react'
import { pathOfShape, SHAPE_HEIGHT } from './shape.ts'
import './shape-glyph.css'

export type ShapeTone = 'wave' | 'warn' | 'bad' | 'muted'

type ShapeGlyphProps = {
  /** The 32-character `shape` of the audio facts. */
  shape: string
  width: number
  height: number
  tone?: ShapeTone
}

/** A whole file as a tiny wave. Decoration: the length and the state are said in words beside it. */
export const ShapeGlyph = memo(({ shape, width, height, tone = 'wave' }: ShapeGlyphProps) => (
  <svg
    className={`shape-glyph shape-glyph-${tone}`}
    width={width}
    height={height}
    viewBox={`0 0 ${Math.max(1, shape.length)} ${SHAPE_HEIGHT}`}
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    <path d={pathOfShape(shape)} />
  </svg>
))
ShapeGlyph.displayName = 'ShapeGlyph'
