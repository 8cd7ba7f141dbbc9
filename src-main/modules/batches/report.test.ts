import { expect, it } from 'vitest'
import type { Batch, BatchItem, ItemMeasures } from '#contract/batches'
import { toCsvReport, toHtmlReport } from './report.ts'

const measures = (level: number): ItemMeasures => ({
  frames: 8000,
  sample_rate_hz: 8000,
  channels: 1,
  duration_ms: 1000,
  active_level_dbov: level,
  activity: 1,
  loudness_lufs: level - 0.5,
  true_peak_dbtp: level + 12,
  peak_dbfs: level + 12,
  rms_dbov: level,
  dc_offset: 0,
  clipping_runs: 0,
  head_silence_ms: 100,
  tail_silence_ms: 200,
  noise_floor_dbov: -70,
  bandwidth_hz: 3400,
  caller_level_dbov: level - 1,
})

const items: BatchItem[] = [
  {
    media_id: 'ru-ru%2Fvm-a',
    name: '=HYPERLINK("http://evil", "a")',
    language: 'ru-ru',
    state: 'done',
    steps: ['Normalise to −17.6 dBov (−6.4 dB)', 'Fade in 5 ms'],
    before: measures(-11.2),
    after: measures(-17.6),
  },
  {
    media_id: 'ru-ru%2Fvm-b',
    name: '<img src=x onerror=alert(1)>',
    language: 'ru-ru',
    state: 'failed',
    reason: 'It says "no", twice,\r\nand ends.',
  },
  {
    media_id: 'ru-ru%2Fvm-c',
    name: 'c',
    language: 'ru-ru',
    state: 'same',
    before: measures(-17.2),
    after: measures(-17.2),
  },
]

const batch: Batch = {
  id: 'b',
  name: 'Match <ru-ru>',
  target: 'account',
  recipe: { name: 'Match & trim', steps: [], version: 3 },
  is_dry_run: false,
  state: 'done',
  counts: { waiting: 0, running: 0, done: 1, same: 1, failed: 1 },
  created: 63_800_000_000,
  modified: 63_800_000_000,
}

it('writes a table that spreadsheets read and do not run', () => {
  const csv = toCsvReport(items)
  const [header = '', first = ''] = csv.split('\r\n')

  expect(header).toMatch(/^media_id,name,language,state,reason,steps,before\.active_level_dbov,/)
  expect(first).toContain(`"'=HYPERLINK(""http://evil"", ""a"")"`)
  expect(first).toContain('−17.6 dBov (−6.4 dB); Fade in 5 ms')
  expect(first).toContain(',-11.2,')
  expect(csv).toContain('"It says ""no"", twice,\r\nand ends."')
  expect(csv.endsWith('\r\n')).toBe(true)
})

it('writes a page of its own that says the levels first and nothing a name could run', () => {
  const html = toHtmlReport(batch, items)
  const summary = html.slice(0, html.indexOf('<h2>Files</h2>'))

  expect(summary).toContain('3 files')
  expect(summary).toContain('<td>−14.2 dBov</td><td>−17.2 to −11.2 dBov</td><td>6.0 dB</td>')
  expect(summary).toContain('<td>−17.6 to −17.2 dBov</td><td>0.4 dB</td>')
  expect(html).toContain('Recipe “Match &amp; trim”, version 3')
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html).not.toMatch(/<img|<script|https?:\/\/(?!evil)|url\(/)
})
