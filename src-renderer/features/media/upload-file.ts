import { bytesText } from '../../lib/bytes.ts'

/** By extension, for systems that do not tell a browser what a file is. */
const typesByExtension: Record<string, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  flv: 'video/x-flv',
}

type NamedFile = Pick<File, 'name' | 'type' | 'size'>

const extensionOf = (name: string) => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''

export const uploadTypeOf = ({ name, type }: Pick<NamedFile, 'name' | 'type'>): string =>
  typesByExtension[extensionOf(name)] ?? (type === '' ? 'application/octet-stream' : type)

const isSound = (file: NamedFile) => /^(audio|video)\//.test(uploadTypeOf(file))

/** Why a file need not even be sent; undefined when it may be. */
export const problemOf = (file: NamedFile, mostBytes: number | undefined): string | undefined => {
  if (!isSound(file)) return 'This is no audio file.'
  if (file.size === 0) return 'The file is empty.'
  if (mostBytes !== undefined && file.size > mostBytes)
    return `${bytesText(file.size)} is larger than the limit of ${bytesText(mostBytes)}.`
  return undefined
}

/** The document's name: the file's without its extension, as long as the schema allows. */
export const nameOf = (fileName: string): string =>
  (fileName.replace(/\.[a-z0-9]+$/i, '').trim() || fileName).slice(0, 128)
