/** Bytes of hexadecimal text; blanks group it as the RFC's picture does. */
export const hex = (text: string): Uint8Array => {
  const digits = text.replaceAll(/\s/g, '')
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  )
}
