import { afterAll, describe, expect, it } from 'vitest'
import { silentLog } from '../../platform/log.ts'
import { createAudioBench } from '../../test/audio-bench.ts'
import { createAudio } from './audio.ts'

const bench = await createAudioBench()
afterAll(() => bench.dispose())

/** A sox that says what the script prints. */
const pretend = async (script: string): Promise<string> => {
  const path = await bench.write(Buffer.from(`#!/bin/sh\n${script}\n`), 'sox')
  const args = ['+x', path]
  await bench.processes.run({ tool: 'chmod', command: 'chmod', args, deadlineMs: 5000 })
  return path
}
const toolsOf = (command: string) =>
  createAudio({ ...bench, log: silentLog, soxCommand: () => command }).tools()

describe('tools', () => {
  it('knows the installed sox', async () => {
    const [sox] = await bench.audio.tools()

    expect(sox).toMatchObject({ name: 'sox', found: true })
    expect(sox?.version).toMatch(/^\d+\.\d+/)
    expect(sox?.formats).toEqual(expect.arrayContaining(['wav', 'mp3', 'ogg', 'flac', 'gsm']))
    expect(sox).not.toHaveProperty('hint')
  })

  it('says how to install a sox that is missing', async () => {
    const [sox] = await toolsOf('/nowhere/sox')

    expect(sox).toMatchObject({ name: 'sox', found: false })
    expect(sox?.hint).toMatch(/not installed \(looked for \/nowhere\/sox\)\. Install it with: /)
  })

  it('notices a sox that cannot write MP3', async () => {
    const help = `echo "sox: SoX v14.4.2"; echo "AUDIO FILE FORMATS: wav mp3 ogg flac"; exit 1`
    const format = `[ "$2" = mp3 ] && echo "Writes: no" || echo "Writes: yes"`

    const [sox] = await toolsOf(await pretend(`if [ "$1" = --help ]; then ${help}; fi; ${format}`))

    expect(sox).toMatchObject({ found: true, version: '14.4.2', formats: ['wav', 'ogg', 'flac'] })
    expect(sox?.hint).toMatch(/^This sox cannot write mp3\. Install it with/)
  })

  it('says so when what is called sox does not answer like sox', async () => {
    const [sox] = await toolsOf(await pretend('exit 7'))

    expect(sox).toMatchObject({ found: false })
    expect(sox?.hint).toContain('exit code 7')
  })

  it('asks once a minute', async () => {
    const counter = await bench.write(Buffer.from(''), 'counter')
    const command = await pretend(`echo x >> ${counter}; echo "SoX v1"`)
    const audio = createAudio({ ...bench, log: silentLog, soxCommand: () => command })

    await Promise.all([audio.tools(), audio.tools()])
    await audio.tools()

    const { stdout } = await bench.processes.run({
      tool: 'cat',
      command: 'cat',
      args: [counter],
      deadlineMs: 5000,
    })
    expect(stdout.toString().match(/x/g)).toHaveLength(1)
  })
})
