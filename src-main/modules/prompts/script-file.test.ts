import { describe, expect, it } from 'vitest'
import { duplicatesIn, parseScripts, serialiseScripts, textOf, withScript } from './script-file.ts'

const file = '\uFEFFvm-a: One\r\n\r\n; a comment\r\nvm-b:Two: with a colon\r\nvm-a: Again\r\n'

describe('script files', () => {
  it('come back byte for byte', () => {
    for (const text of [file, '', '\n', 'vm-a: x', 'no colon here\n\n\n']) {
      expect(serialiseScripts(parseScripts(text))).toBe(text)
    }
  })

  it('give ids and texts whatever ends their lines, split at the first colon', () => {
    const lines = parseScripts(file).filter(({ promptId }) => promptId !== undefined)
    expect(lines.map((line) => [line.promptId, textOf(line)])).toEqual([
      ['vm-a', 'One'],
      ['vm-b', 'Two: with a colon'],
      ['vm-a', 'Again'],
    ])
    expect(duplicatesIn(lines)).toEqual(['vm-a'])
  })

  it('change one line and keep its ending', () => {
    const changed = serialiseScripts(withScript(parseScripts(file), 'vm-b', 'New\n text'))
    expect(changed).toBe(file.replace('vm-b:Two: with a colon', 'vm-b: New text'))
  })

  it('grow at the end, with a newline after the last line', () => {
    expect(serialiseScripts(withScript(parseScripts('vm-a: x\n'), 'vm-c', 'y'))).toBe(
      'vm-a: x\nvm-c: y\n',
    )
    expect(serialiseScripts(withScript(parseScripts('vm-a: x'), 'vm-c', 'y'))).toBe(
      'vm-a: x\nvm-c: y\n',
    )
    expect(serialiseScripts(withScript([], 'vm-c', 'y'))).toBe('vm-c: y\n')
  })
})
