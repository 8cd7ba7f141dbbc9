import { beforeEach, expect, test } from 'vitest'
import type { Settings } from '#contract/studio'
import { changeDraft, changesOf, dropDraft, useSettingsDraft } from './settings-state.ts'

const saved: Settings = {
  default_language: 'en-us',
  max_upload_size: 8_000_000,
  max_pack_size: 500_000_000,
  normalize_media: true,
  normalization_format: 'mp3',
  normalize_executable: 'sox',
  normalize_source_args: '',
  normalize_destination_args: '',
  allowed_origins: ['https://a.example'],
  play_from_private_addresses: false,
  publish_participant_event: [],
}

beforeEach(() => useSettingsDraft.setState({ draft: {} }))

test('only what differs from what is saved is a change', () => {
  changeDraft({ normalize_executable: '/usr/bin/sox', normalization_format: 'mp3' })

  expect(
    changesOf(saved, useSettingsDraft.getState().draft, [
      'normalize_executable',
      'normalization_format',
    ]),
  ).toEqual({ normalize_executable: '/usr/bin/sox' })
})

test('a list with the same entries is no change', () => {
  changeDraft({ allowed_origins: ['https://a.example'] })

  expect(changesOf(saved, useSettingsDraft.getState().draft, ['allowed_origins'])).toEqual({})
})

test('a section saves its own fields and leaves the others in the draft', () => {
  changeDraft({ default_language: 'fr-fr', max_upload_size: 1 })
  const { draft } = useSettingsDraft.getState()

  expect(changesOf(saved, draft, ['default_language'])).toEqual({ default_language: 'fr-fr' })
  dropDraft(['default_language'])

  expect(useSettingsDraft.getState().draft).toEqual({ max_upload_size: 1 })
})
