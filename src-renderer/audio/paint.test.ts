import { describe, expect, it } from 'vitest'
import { columnCountOf, paintWave, type Surface } from './paint.ts'
import { columnsOf } from './wave-geometry.ts'

const colours = { wave: 'w', body: 'b', axis: 'a', played: 'p', playhead: 'h' }

const paint = (playheadX: number | undefined, ratio = 1) => {
  const size = { width: 30 * ratio, height: 40 * ratio, ratio }
  const rects: { style: unknown; x: number; y: number; width: number; height: number }[] = []
  const surface: Surface = {
    fillStyle: '',
    clearRect: () => undefined,
    fillRect(x, y, width, height) {
      rects.push({ style: this.fillStyle, x, y, width, height })
    },
  }
  const peaks = { min: new Float32Array(60).fill(-1), max: new Float32Array(60).fill(1) }
  const columns = columnsOf(peaks, columnCountOf(size))
  paintWave(surface, { ...size, columns, playheadX, colours })
  return (style: string) => rects.filter((rect) => rect.style === style)
}

describe('paintWave', () => {
  it('draws one bar per column on whole device pixels', () => {
    for (const ratio of [1, 2, 3])
      for (const { x, width } of paint(undefined, ratio)('w')) {
        expect(Number.isInteger(x)).toBe(true)
        expect(Number.isInteger(width)).toBe(true)
      }
    expect(paint(undefined)('w')).toHaveLength(10)
  })

  it('keeps full scale inside the box and the body inside the extremes', () => {
    const rects = paint(undefined)
    const [bar] = rects('w')
    const [body] = rects('b')

    expect(bar).toMatchObject({ y: 4, height: 32 })
    expect(body!.height).toBeLessThan(32)
  })

  it('marks what was played, and nothing before it starts', () => {
    expect(paint(12)('p')).toEqual([{ style: 'p', x: 0, y: 0, width: 12, height: 40 }])
    expect(paint(undefined)('h')).toEqual([])
  })

  it('keeps the playhead inside at the very end', () => {
    const [line] = paint(30)('h')

    expect(line!.x + line!.width).toBeLessThanOrEqual(30)
  })
})
