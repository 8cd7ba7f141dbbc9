import type { Batch, BatchItem, ItemMeasures } from '#contract/batches'
import { GREGORIAN_OFFSET_S } from '#contract/envelope'
import { levelText } from '#sound/levels/level-text'
import { spreadOf, type Spread } from '#sound/levels/spread'
import { toCsv } from '../../platform/http/csv.ts'

/** A batch as a table for people. */

const rounded = (value: number | null | undefined): number | undefined =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : undefined

const figures = (measures: ItemMeasures | undefined) => ({
  active_level_dbov: rounded(measures?.active_level_dbov) ?? null,
  loudness_lufs: rounded(measures?.loudness_lufs) ?? null,
  true_peak_dbtp: rounded(measures?.true_peak_dbtp) ?? null,
  duration_ms: rounded(measures?.duration_ms) ?? null,
})

/** RFC 4180, a row a file. Text that a spreadsheet would run as a formula is quoted. */
export const toCsvReport = (items: readonly BatchItem[]): string =>
  toCsv(
    items.map((item) => ({
      media_id: item.media_id,
      name: item.name,
      language: item.language,
      state: item.state,
      reason: item.reason ?? '',
      steps: (item.steps ?? []).join('; '),
      before: figures(item.before),
      after: figures(item.after),
      findings: (item.findings ?? []).map(({ message }) => message).join('; '),
    })),
  )

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? '')

const cellOf = (value: number | null | undefined): string =>
  typeof value === 'number' ? levelText(value) : '–'

const seconds = (measures: ItemMeasures | undefined): string =>
  measures ? (measures.duration_ms / 1000).toFixed(2) : '–'

const words: Readonly<Record<BatchItem['state'], string>> = {
  waiting: 'waiting',
  running: 'running',
  done: 'changed',
  same: 'no change needed',
  failed: 'failed',
}

const wordOf = (state: BatchItem['state'], isDryRun: boolean): string =>
  isDryRun && state === 'done' ? 'would change' : words[state]

/** How the speech levels lie, over the files that have one both before and after. */
const spreadIn = (items: readonly BatchItem[], which: 'before' | 'after'): Spread | undefined =>
  spreadOf(
    items
      .filter(({ before, after }) => before && after)
      .map((item) => item[which]?.active_level_dbov)
      .filter((level) => typeof level === 'number'),
  )

const spreadRow = (title: string, spread: Spread | undefined): string =>
  spread === undefined
    ? ''
    : `<tr><th scope="row">${title}</th><td>${levelText(spread.median)} dBov</td>` +
      `<td>${levelText(spread.least)} to ${levelText(spread.most)} dBov</td>` +
      `<td>${levelText(spread.most - spread.least)} dB</td></tr>`

const pair = (
  { before, after }: BatchItem,
  text: (measures: ItemMeasures | undefined) => string,
): string => {
  const [first, second] = [text(before), text(after)]
  return first === second ? first : `${first} → ${second}`
}

const row = (item: BatchItem, isDryRun: boolean): string => {
  const { steps = [], reason, findings = [] } = item
  const said = [...steps, ...(reason === undefined ? [] : [reason])].join('; ')
  const found = findings.filter(({ severity }) => severity !== 'info')
  const cells = [
    `<td>${escaped(item.name)}</td>`,
    `<td>${escaped(item.language)}</td>`,
    `<td class="${item.state}">${wordOf(item.state, isDryRun)}</td>`,
    `<td class="n">${pair(item, (measures) => cellOf(measures?.active_level_dbov))}</td>`,
    `<td class="n">${pair(item, (measures) => cellOf(measures?.true_peak_dbtp))}</td>`,
    `<td class="n">${pair(item, seconds)}</td>`,
    `<td>${escaped(said)}${found.map(({ message }) => `<div class="finding">${escaped(message)}</div>`).join('')}</td>`,
  ]
  return `<tr>${cells.join('')}</tr>`
}

const style = `
:root{color-scheme:light dark;--line:light-dark(#d4d8de,#343b47);--muted:light-dark(#545e6e,#9aa4b4);
--bad:light-dark(#bd2f28,#f0716b);--ok:light-dark(#1b7044,#63c98f);--warn:light-dark(#8a5c00,#e8b34b)}
body{margin:2rem;background:light-dark(#fff,#0e1014);color:light-dark(#171a20,#e7eaf0);font:14px/1.45 system-ui,sans-serif}
h1{margin:0;font-size:1.4rem}h2{margin:2rem 0 .5rem;font-size:1.05rem}p{margin:.25rem 0;color:var(--muted)}
table{border-collapse:collapse}th,td{padding:.3rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{color:var(--muted);font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.done{color:var(--ok)}.failed{color:var(--bad)}.finding{color:var(--warn)}.files{width:100%}
@media print{:root{color-scheme:light}body{margin:0;font-size:10px}thead{display:table-header-group}tr{break-inside:avoid}}
`

const dateOf = (gregorian: number): string =>
  new Date((gregorian - GREGORIAN_OFFSET_S) * 1000)
    .toISOString()
    .replace('T', ' ')
    .replace(/\..*/, ' UTC')

/** One file with everything in it, to be kept, sent or printed; the summary comes first. */
export const toHtmlReport = (batch: Batch, items: readonly BatchItem[]): string => {
  const { name, recipe, is_dry_run: isDryRun, counts } = batch
  const version = recipe.version === undefined ? '' : `, version ${recipe.version}`
  const counted = (Object.keys(words) as BatchItem['state'][])
    .filter((state) => counts[state] > 0)
    .map((state) => `<b class="${state}">${counts[state]}</b> ${wordOf(state, isDryRun)}`)
  const before = spreadIn(items, 'before')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(name)}</title><style>${style}</style></head><body>
<h1>${escaped(name)}</h1>
<p>${isDryRun ? 'Dry run: nothing was written. ' : ''}Recipe “${escaped(recipe.name)}”${version}, ${dateOf(batch.modified)}</p>
<h2>Summary</h2>
<p>${items.length} ${items.length === 1 ? 'file' : 'files'}: ${counted.join(', ')}</p>
${
  before === undefined
    ? ''
    : `<table><thead><tr><th>Speech level of ${before.count}</th><th>Median</th><th>Range</th><th>Spread</th></tr></thead>
<tbody>${spreadRow('Before', before)}${spreadRow(isDryRun ? 'After (predicted)' : 'After', spreadIn(items, 'after'))}</tbody></table>`
}
<h2>Files</h2>
<table class="files"><thead><tr><th>File</th><th>Language</th><th>State</th>
<th class="n">Level, dBov</th><th class="n">True peak, dBTP</th><th class="n">Length, s</th>
<th>${isDryRun ? 'What would be done' : 'What was done'}</th></tr></thead>
<tbody>
${items.map((item) => row(item, isDryRun)).join('\n')}
</tbody></table>
</body></html>
`
}
