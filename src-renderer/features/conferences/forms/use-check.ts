import { useQuery } from '@tanstack/react-query'
import type { Finding } from '#contract/conference-check'
import { useDebounced } from '../../../ui/use-debounced.ts'
import type { OpenForm } from '../conferences-state.ts'
import { checkQuery } from '../queries.ts'
import { inputOf, patchOf, type ConferenceDraft } from './conference-change.ts'
import { stillTrue } from './findings.ts'

const restMs = 300

type Checked = {
  readonly findings: readonly Finding[]
  /** Why it could not be checked. */
  readonly failure: string | undefined
}

/** What is to be known about the draft, asked for when the typing rests. What is about an older text is never shown. */
export const useCheck = (
  id: OpenForm['id'],
  began: ConferenceDraft,
  draft: ConferenceDraft,
): Checked => {
  const rested = useDebounced(draft, restMs)
  const patch = id === undefined ? inputOf(rested) : patchOf(began, rested)
  const { data, error } = useQuery(checkQuery({ id, draft: rested, patch }))
  return {
    findings: data ? stillTrue(data.findings, data.draft, draft) : [],
    failure: error?.message,
  }
}
