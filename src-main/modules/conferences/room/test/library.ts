import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAudio } from '../../../audio/audio.ts'
import { createMedia } from '../../../media/media.ts'
import { createSettings } from '../../../settings/settings.ts'
import { createSpeech } from '../../../speech/speech.ts'
import { openBlobs } from '../../../../platform/blobs/blobs.ts'
import { systemClock } from '../../../../platform/clock.ts'
import { createDocuments } from '../../../../platform/documents/documents.ts'
import { createBus } from '../../../../platform/events/bus.ts'
import { createValidator } from '../../../../platform/http/validate.ts'
import { silentLog as log } from '../../../../platform/log.ts'
import { createProcesses } from '../../../../platform/process/process.ts'
import { createScope } from '../../../../platform/scope.ts'
import { openDatabase } from '../../../../platform/sqlite/sqlite.ts'
import type { ObjectEvent } from '#contract/events'

/** A media library of its own, with a database, blobs and tools. */
export const openLibrary = async () => {
  const scope = createScope('library')
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-library-'))
  const db = openDatabase({ path: join(folder, 'library.sqlite'), log })
  scope.add(db.close)
  const blobs = await openBlobs({ folder: join(folder, 'blobs'), log })
  const events = createBus<ObjectEvent>((error) => {
    throw error
  })
  const documents = createDocuments({ db, clock: systemClock })
  const processes = createProcesses({ scope, log })
  const audio = createAudio({ processes, log })
  const silent = () => Promise.reject(new Error('nothing is spoken here'))
  const speech = createSpeech({ engine: { name: 'none', speak: silent, tool: silent }, log })
  const media = createMedia({
    ...{ db, documents, blobs, audio, speech, events, log, validator: createValidator() },
    settings: createSettings({ db, events }).get,
  })
  return {
    ...{ media, blobs, audio, folder },
    dispose: async () => {
      await scope.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
