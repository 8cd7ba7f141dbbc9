import { rm } from 'node:fs/promises'
import type { AudioFacts } from '#contract/media'
import type { Settings } from '#contract/studio'
import type { Blobs, HeldBlob } from '../../platform/blobs/blobs.ts'
import { ToolError } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import type { Audio } from '../audio/audio.ts'
import {
  automaticType,
  extensionOf,
  isMediaType,
  isVideo,
  mediaTypeRequired,
  typeOfFormat,
} from './content-type.ts'
import type { MediaFile } from './store.ts'

/**
 * From a file as it comes to files ready to be committed: stored, probed, and normalised where the settings say so.
 * A failing normalisation keeps the upload and says why (seed: `normalization_error`).
 */
export type FileIntake = {
  /** Throws a validation error for bytes that neither their sender nor we know the type of. */
  take: (upload: Upload) => Promise<TakenFiles>
}

export type Upload = Content & {
  /** As announced; what is served is decided by what the bytes are. */
  contentType: string
  /** Name to download it under, without extension when we are to choose it. */
  filename: string
}

/** Bytes, or a file that is moved into the store: one of `blobs.newPath`, of any size. */
export type Content = { bytes: Buffer } | { path: string }

export type TakenFiles = {
  files: MediaFile[]
  normalizationError: string | undefined
  /** Call once the files are committed, or given up. */
  release: () => void
}

type Stored = { held: HeldBlob; file: MediaFile }

const named = (filename: string, contentType: string): string =>
  /\.\w{2,4}$/.test(filename) ? filename : `${filename}.${extensionOf(contentType)}`

const renamed = (filename: string, contentType: string): string =>
  `${filename.replace(/\.\w{2,4}$/, '')}.${extensionOf(contentType)}`

const reasonOf = (error: unknown): string => {
  if (!(error instanceof ToolError)) throw error
  const said = error.stderr.trim().split('\n').at(-1)
  return said === undefined || said === '' ? error.message : said
}

export const createFileIntake = (deps: {
  blobs: Blobs
  audio: Audio
  settings: () => Settings
  log: Log
}): FileIntake => {
  const { blobs, audio, settings, log } = deps

  const store = async (
    role: MediaFile['role'],
    { contentType, filename, ...content }: Upload,
  ): Promise<Stored> => {
    const held = await ('path' in content ? blobs.take(content.path) : blobs.put(content.bytes))
    try {
      const facts = await audio.probe({ path: blobs.pathOf(held.hash) })
      const type = role === 'original' ? automaticType(contentType, facts) : contentType
      const file: MediaFile = {
        role,
        blob: held.hash,
        contentType: type,
        contentLength: held.size,
        filename: named(filename, type),
        audio: facts,
      }
      return { held, file }
    } catch (error) {
      held.release()
      throw error
    }
  }

  /** A file sent as nothing we know is taken for what it is, so it must be something. */
  const checkRecognisable = async ({ contentType, ...content }: Upload) => {
    if (isMediaType(contentType)) return
    const { container } = await audio.probe('path' in content ? content : content.bytes)
    if (container === 'unknown') throw mediaTypeRequired(contentType)
  }

  const isToNormalise = (contentType: string, facts: AudioFacts): boolean => {
    const { normalize_media: isOn, normalization_format: format } = settings()
    return isOn && !isVideo(contentType, facts) && facts.container !== format
  }

  const normalise = async (original: MediaFile): Promise<Stored | string> => {
    const choice = settings()
    const format = choice.normalization_format
    const { container } = original.audio
    const path = blobs.newPath()
    try {
      await audio.normalise(
        { path: blobs.pathOf(original.blob) },
        {
          path,
          executable: choice.normalize_executable,
          sourceArgs: choice.normalize_source_args,
          destinationArgs: choice.normalize_destination_args,
          from: container === 'unknown' ? extensionOf(original.contentType) : container,
          to: format,
        },
      )
      const contentType = typeOfFormat(format)
      return await store('normalised', {
        path,
        contentType,
        filename: renamed(original.filename, contentType),
      })
    } catch (error) {
      await rm(path, { force: true })
      const reason = reasonOf(error)
      log.warn('normalisation failed', { blob: original.blob, reason })
      return reason
    }
  }

  return {
    take: async (upload) => {
      await checkRecognisable(upload)
      const original = await store('original', upload)
      const only = (normalizationError: string | undefined): TakenFiles => ({
        files: [original.file],
        normalizationError,
        release: original.held.release,
      })
      if (!isToNormalise(upload.contentType, original.file.audio)) return only(undefined)
      try {
        const normalised = await normalise(original.file)
        if (typeof normalised === 'string') return only(normalised)
        return {
          files: [original.file, normalised.file],
          normalizationError: undefined,
          release: () => {
            original.held.release()
            normalised.held.release()
          },
        }
      } catch (error) {
        original.held.release()
        throw error
      }
    },
  }
}
