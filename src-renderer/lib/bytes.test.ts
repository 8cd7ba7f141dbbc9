import { expect, test } from 'vitest'
import { bytesText } from './bytes.ts'

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [43_120, '43.1 kB'],
  [999_600, '1.0 MB'],
  [1_500_000, '1.5 MB'],
  [250_000_000, '250 MB'],
  [100_000_000_000, '100 GB'],
])('shows %i bytes as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})
