import { participantEvents } from '#contract/conference-events'
import type { ObjectEvent } from '#contract/events'
import { Settings } from '#contract/studio'
import type { Bus } from '../../platform/events/bus.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import { readAll, writeAll } from './store.ts'

/**
 * What an administrator may choose for the whole installation. Held in memory, because every request
 * asks; changed on disk first.
 */
export type SettingsModule = {
  get: () => Settings
  /** Changes what `patch` names. The patch is validated by its route. */
  change: (patch: Partial<Settings>, origin: string) => Promise<Settings>
}

const defaultSettings: Settings = {
  default_language: 'en-us',
  max_upload_size: 8_000_000,
  max_pack_size: 2_000_000_000,
  normalize_media: false,
  normalization_format: 'mp3',
  normalize_executable: 'sox',
  normalize_source_args: '',
  normalize_destination_args: '-r 8000',
  allowed_origins: [],
  play_from_private_addresses: false,
  publish_participant_event: [...participantEvents],
}

const known = new Set(Object.keys(Settings.properties))

const knownOf = (values: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => known.has(key)))

export const createSettings = (deps: {
  db: Database
  events: Bus<ObjectEvent>
}): SettingsModule => {
  const { db, events } = deps
  // Others keep theirs in the same table: some of them are secrets.
  let current: Settings = { ...defaultSettings, ...knownOf(readAll(db)) }
  return {
    get: () => current,
    change: async (patch, origin) => {
      const named = knownOf(patch)
      await db.write((tx) => writeAll(tx, named))
      current = { ...current, ...named }
      events.emit({
        event: 'doc_edited',
        type: 'settings',
        id: 'settings',
        account_id: '*',
        origin,
      })
      return current
    },
  }
}
