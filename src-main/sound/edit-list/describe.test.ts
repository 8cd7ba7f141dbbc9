import { expect, test } from 'vitest'
import type { Operation } from '#contract/edit-list'
import { A, listWith, point, span } from '../../test/edit-lists.ts'
import { copy } from './edit-list.ts'
import { describe } from './describe.ts'

const list = {
  ...listWith([span(A, 0, 8000 * 4000)]),
  sources: { [A]: { frames: 8000 * 4000 } },
}
const end = 8000 * 4000
const curve = 'linear'
const clip = copy(list, 0, 12_000)

test.each<[Operation, string]>([
  [{ kind: 'trim', from: 0, to: end - 3360 }, 'Trim tail 0.42 s'],
  [{ kind: 'trim', from: 800, to: end }, 'Trim head 0.10 s'],
  [{ kind: 'trim', from: 3360, to: 16_800 }, 'Trim to 0:00.420 – 0:02.100'],
  [{ kind: 'trim', from: 8000 * 65, to: 8000 * 3725 }, 'Trim to 1:05.000 – 1:02:05.000'],
  [{ kind: 'cut', from: 0, to: 8000 * 90 }, 'Cut 1:30.000'],
  [{ kind: 'delete', from: 0, to: 1 }, 'Delete 0.13 ms'],
  [{ kind: 'silence', from: 0, to: 799 }, 'Silence 100 ms'],
  [{ kind: 'reverse', from: 0, to: 8000 }, 'Reverse 1.00 s'],
  [{ kind: 'paste', from: 0, to: 0, clip }, 'Paste 1.50 s'],
  [{ kind: 'insert_silence', at: 0, frames: 8000 }, 'Insert silence 1.00 s'],
  [{ kind: 'fade', from: 0, to: 240, direction: 'out', curve }, 'Fade out 30 ms'],
  [{ kind: 'fade', from: 0, to: 40, direction: 'in', curve: 'sine' }, 'Fade in 5 ms (sine)'],
  [{ kind: 'gain', from: 0, to: 9, gain_db: -6.4 }, 'Gain −6.4 dB'],
  [{ kind: 'gain', from: 0, to: 9, gain_db: 3 }, 'Gain +3.0 dB'],
  [{ kind: 'gain', from: 0, to: 9, gain_db: -0.01 }, 'Gain 0.0 dB'],
  [
    { kind: 'normalise', from: 0, to: 9, metric: 'loudness', level: -23, gain_db: 1 },
    'Normalise to −23.0 LUFS',
  ],
  [{ kind: 'crossfade', at: 9, frames: 80, curve: 'cosine' }, 'Crossfade 10 ms (cosine)'],
  [
    { kind: 'replace', from: 0, to: 9, source: A, frames: 9, label: 'High-pass 120 Hz' },
    'High-pass 120 Hz',
  ],
  [{ kind: 'add_marker', marker: point('Verse', 0) }, 'Add marker “Verse”'],
  [{ kind: 'change_marker', marker: { ...point('x', 0), label: '' } }, 'Change marker'],
  [{ kind: 'remove_marker', id: 'x' }, 'Remove marker'],
])('%o is named %s', (operation, name) => {
  expect(describe(operation, list)).toBe(name)
})
