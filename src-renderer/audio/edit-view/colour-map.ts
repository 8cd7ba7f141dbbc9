/** Levels below and above these are the darkest and the brightest. */
const floorDb = -95
const ceilingDb = -15

/** Lightness rises with the level in the dark, and falls with it in the light; never back and forth. */
const stops = {
  dark: [
    [6, 16, 18],
    [6, 38, 36],
    [12, 84, 66],
    [36, 150, 84],
    [122, 214, 108],
    [236, 252, 180],
  ],
  light: [
    [250, 251, 251],
    [214, 236, 228],
    [142, 205, 182],
    [52, 150, 116],
    [10, 92, 76],
    [4, 38, 40],
  ],
} as const

/** 256 colours as canvas pixels (ABGR), for the bytes of a spectrogram. */
export const colourMapOf = (
  theme: keyof typeof stops,
  decibelsOf: (byte: number) => number,
): Uint32Array => {
  const map = stops[theme]
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    const share = (decibelsOf(byte) - floorDb) / (ceilingDb - floorDb)
    const place = Math.max(0, Math.min(1, share)) * (map.length - 1)
    const index = Math.min(map.length - 2, Math.floor(place))
    const between = place - index
    const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((part) => {
      const from = map[index]?.[part] ?? 0
      const to = map[index + 1]?.[part] ?? 0
      return Math.round(from + (to - from) * between)
    })
    return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
  })
}
