import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import { ZipFile } from 'yazl'
import { tone } from '../../src-main/test/tone.ts'

/** Files by their path in the pack. */
export type Pack = ReadonlyMap<string, Buffer>

/** What each prompt says, and where it is missing. Every file is a tone of its own. */
const prompts = [
  { id: 'conf-welcome', text: 'Welcome to the conference.', without: ['de-de'] },
  { id: 'menu-invalid', text: 'That was not a valid choice.', without: [] },
  { id: 'vm-enter_pass', text: 'Please enter your password.', without: [] },
  { id: 'vm-goodbye', text: 'Goodbye.', without: ['fr-fr', 'de-de'] },
] as const

const languages = ['en-us', 'fr-fr', 'de-de'] as const
type Language = (typeof languages)[number]

/** The pitch of a prompt's file, so that a test can tell by ear which one it hears. */
export const pitchOf = (promptId: string, language: Language): number =>
  400 + 100 * prompts.findIndex(({ id }) => id === promptId) + 30 * languages.indexOf(language)

const folderOf = (language: Language) => `kazoo-core/${language.replace('-', '/')}`

export const fileOf = (promptId: string, language: Language): string =>
  `${folderOf(language)}/${promptId}.wav`

/** A small pack in the kazoo-core layout: four prompts, three languages, three gaps. */
export const makePack = (): Pack => {
  const files = new Map<string, Buffer>()
  for (const language of languages) {
    for (const { id, without } of prompts) {
      if (without.some((gap) => gap === language)) continue
      const sound = tone({ frequencyHz: pitchOf(id, language), durationMs: 1500 })
      files.set(fileOf(id, language), sound)
    }
    const script = prompts.map(({ id, text }) => `${id}: ${text}\n`).join('')
    files.set(`${folderOf(language)}/prompts.txt`, Buffer.from(script))
  }
  return files
}

export const zip = async (pack: Pack): Promise<Buffer> => {
  const file = new ZipFile()
  for (const [path, bytes] of pack) file.addBuffer(bytes, path)
  file.end()
  return buffer(file.outputStream)
}

export const unzip = async (bytes: Buffer): Promise<Pack> => {
  const archive = await fromBufferPromise(bytes)
  const files = new Map<string, Buffer>()
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)))
  }
  return files
}
