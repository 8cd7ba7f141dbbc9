import { expect, test } from 'vitest'
import { normalisationCommand } from './normalisation-command.ts'

const settings = {
  normalize_executable: 'sox',
  normalize_source_args: '',
  normalize_destination_args: '-r 8000 -c 1',
  normalization_format: 'mp3',
} as const

test('shows what will be run', () => {
  expect(normalisationCommand(settings, 'wav')).toBe('sox -t wav - -r 8000 -c 1 -t mp3 -')
})

test('source arguments stand before the input', () => {
  expect(normalisationCommand({ ...settings, normalize_source_args: ' -v 0.9 ' }, 'ogg')).toBe(
    'sox -t ogg -v 0.9 - -r 8000 -c 1 -t mp3 -',
  )
})
