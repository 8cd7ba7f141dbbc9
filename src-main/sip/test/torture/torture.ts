import { brokenLines } from './broken-lines.ts'
import { brokenValues } from './broken-values.ts'
import { unusualFields } from './fields.ts'
import { hardForLayers } from './layers.ts'
import { unusualMessages } from './messages.ts'

/** The 49 messages of RFC 4475, by what they test. */
export const torture = {
  valid: [...unusualFields, ...unusualMessages],
  invalid: [...brokenLines, ...brokenValues],
  layers: hardForLayers,
}

export const tortureBytes = (name: string): Buffer => {
  const found = Object.values(torture)
    .flat()
    .find((message) => message.name === name)
  if (!found) throw new Error(`RFC 4475 has no message ${name}`)
  return found.bytes
}
