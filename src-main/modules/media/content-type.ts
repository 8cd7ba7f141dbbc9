import { mediaContentTypes, type AudioFacts } from '#contract/media'
import { invalid } from '../../platform/errors.ts'

const mediaTypes: ReadonlySet<string> = new Set(mediaContentTypes)

/** Whether a document may name the type. */
export const isMediaType = (contentType: string): boolean => mediaTypes.has(contentType)

export const mediaTypeRequired = (contentType: string) =>
  invalid({
    content_type: {
      enum: {
        message: 'The file was sent as no media type, and its bytes are none we know',
        target: [...mediaContentTypes],
        value: contentType.slice(0, 200),
      },
    },
  })

/** Spellings of one type: a client is answered in its own. */
const families: readonly (readonly string[])[] = [
  ['audio/mpeg', 'audio/mp3', 'audio/mpeg3'],
  ['audio/x-wav', 'audio/wav'],
]

const familyOf = (type: string): readonly string[] =>
  families.find((family) => family.includes(type)) ?? [type]

const extensions: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/mpeg3': 'mp3',
  'audio/x-wav': 'wav',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'video/x-flv': 'flv',
  'video/h264': 'h264',
  'video/mpeg': 'mpg',
  'video/quicktime': 'mov',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
}

const formatTypes: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/x-wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
}

/** Type of a file in one of the normalisation formats. */
export const typeOfFormat = (format: string): string =>
  formatTypes[format] ?? 'application/octet-stream'

export const extensionOf = (contentType: string): string => extensions[contentType] ?? 'bin'

/**
 * What a file is served as: the type it was sent as when that is true of it, else what it really is.
 * An unrecognised file keeps the media type it was sent as.
 */
export const automaticType = (declared: string, audio: AudioFacts): string => {
  if (audio.container === 'unknown') return declared
  return familyOf(audio.content_type).includes(declared) ? declared : audio.content_type
}

/** Video is stored untouched, whether it was announced as video or turned out to be. */
export const isVideo = (declared: string, audio: AudioFacts): boolean =>
  declared.startsWith('video/') || audio.content_type.startsWith('video/')
