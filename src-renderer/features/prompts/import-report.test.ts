import { describe, expect, it } from 'vitest'
import type { ImportedScripts, Job } from '#contract/studio'
import {
  changesText,
  isListed,
  outcomesOf,
  reportOf,
  rowsOf,
  summaryText,
} from './import-report.ts'

const counts = { add: 0, replace: 0, same: 0, orphan: 0, unreadable: 0 }
const report = { dry_run: true, changes: 2, counts, entries: [], scripts: [] }
const job: Job = {
  id: 'j',
  kind: 'dry_run',
  label: 'Import',
  status: 'done',
  progress: 1,
  created: 0,
  result: report,
}

describe('reportOf', () => {
  it('takes the report of a job that is done', () => {
    expect(reportOf(job)).toBe(report)
  })

  it('has none before, and none when the result is something else', () => {
    expect(reportOf({ ...job, status: 'running' })).toBeUndefined()
    expect(reportOf({ ...job, result: 'done' })).toBeUndefined()
    expect(reportOf(undefined)).toBeUndefined()
  })
})

describe('rowsOf', () => {
  const rows = rowsOf({
    ...report,
    entries: [
      { path: 'a.wav', outcome: 'same', language: 'en-us', prompt_id: 'a' },
      { path: 'b.wav', outcome: 'add', language: 'en-gb', prompt_id: 'b', orphan: true },
      { path: 'c.wav', outcome: 'orphan', prompt_id: 'c', reason: 'in no language folder' },
    ],
    scripts: [
      { path: 'fr/fr/prompts.txt', language: 'fr-fr', outcome: 'add', lines: 9, duplicates: ['a'] },
    ],
  })

  it('lists scripts first and what stays the same last', () => {
    expect(rows.map(({ path }) => path)).toEqual(['fr/fr/prompts.txt', 'b.wav', 'c.wav', 'a.wav'])
  })

  it('says what is odd about a file', () => {
    expect(rows.map(({ note }) => note)).toEqual([
      'twice in fr/fr/prompts.txt: a',
      'no prompt of the source language has this id',
      'in no language folder',
      'a.wav',
    ])
  })

  it('counts what each outcome lists, scripts included', () => {
    expect(outcomesOf(rows)).toEqual([
      ['add', 2],
      ['same', 1],
      ['orphan', 2],
    ])
  })

  it('finds orphans that are imported and those that are not', () => {
    const orphans = rows.filter((row) => isListed(row, 'orphan'))

    expect(orphans.map(({ path }) => path)).toEqual(['b.wav', 'c.wav'])
    expect(rows.filter((row) => isListed(row, 'add'))).toHaveLength(2)
  })
})

describe('texts', () => {
  it('counts changes', () => {
    expect(changesText(1)).toBe('1 change')
    expect(changesText(1405)).toBe('1,405 changes')
  })

  it('sums up what happened and leaves out what did not', () => {
    const scripts: ImportedScripts[] = [
      { path: 'prompts.txt', language: 'en-us', outcome: 'add', lines: 2, duplicates: [] },
    ]

    expect(summaryText({ counts: { ...counts, add: 12, same: 150 }, scripts })).toBe(
      'Added 12, left 150 unchanged, wrote 1 list of scripts.',
    )
    expect(summaryText({ counts, scripts: [] })).toBe('The pack holds no prompts.')
  })
})
