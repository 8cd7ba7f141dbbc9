import { describe, expect, it } from 'vitest'
import { isLoopback, parseDesktopArgs, parseServeArgs, UsageError } from './serve-options.ts'

describe('command line of serve', () => {
  it('stays on loopback and on the default port when nothing is said', () => {
    expect(parseServeArgs([])).toEqual({ port: 8000, bind: '127.0.0.1' })
  })

  it('reads every flag in both spellings', () => {
    const spaced = '--port 0 --data /tmp/d --sip-port 5060 --bind 0.0.0.0 --socket-port 5555'
    const expected = {
      port: 0,
      dataDir: '/tmp/d',
      sipPort: 5060,
      bind: '0.0.0.0',
      socketPort: 5555,
    }

    expect(parseServeArgs(spaced.split(' '))).toEqual(expected)
    expect(parseServeArgs(spaced.replaceAll(/ (?=[^-])/g, '=').split(' '))).toEqual(expected)
  })

  it.each([
    ['an unknown flag', ['--prot', '1']],
    ['a word that belongs to no flag', ['8080']],
    ['a port that is no number', ['--port', 'http']],
    ['a port out of range', ['--port', '65536']],
    ['a negative port', ['--port=-1']],
    ['a flag without its value', ['--data']],
    ['an empty folder', ['--data', '']],
  ])('refuses %s', (_, args) => {
    expect(() => parseServeArgs(args)).toThrow(UsageError)
  })

  it('finds its flags among those of Chromium on the desktop', () => {
    const args = [
      'electron',
      '--inspect=0',
      '/app',
      '--data',
      '/tmp/d',
      '--no-first-run',
      '--port=0',
    ]

    expect(parseDesktopArgs(args)).toMatchObject({ dataDir: '/tmp/d', port: 0 })
  })

  it('knows loopback addresses', () => {
    expect(['127.0.0.1', '127.8.8.8', '::1', 'localhost'].every(isLoopback)).toBe(true)
    expect(['0.0.0.0', '::', '10.0.0.1', '127.evil.example'].some(isLoopback)).toBe(false)
  })
})
