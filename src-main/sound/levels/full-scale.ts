/** How samples were stored before they became 16 or 32 bits: it decides what their full scale is. */
export type Encoding = 'pcm_8' | 'ulaw' | 'alaw' | 'linear'

/**
 * The largest magnitude every format of the kind reaches, as a share of 1. Eight bits and G.711 end
 * below 16 bits: µ-law at 32124, A-law at 32256. Wider formats count from 32767/32768 on, so that
 * a file made of a clipped 16-bit one is seen for what it is.
 */
export const fullScaleOf = (encoding: Encoding = 'linear'): number => fullScale[encoding]

const fullScale: Readonly<Record<Encoding, number>> = {
  pcm_8: 127 / 128,
  ulaw: 32_124 / 32_768,
  alaw: 32_256 / 32_768,
  linear: 32_767 / 32_768,
}
