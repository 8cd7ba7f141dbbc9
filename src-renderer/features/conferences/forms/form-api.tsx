import type { ReactNode } from 'react'
import type { Finding } from '#contract/conference-check'
import { hrefOf } from '../../../lib/route.ts'
import { valueOf, type ConferenceDraft } from './conference-change.ts'
import { labelOf, type FieldName, type FieldOf, type FieldValues } from './conference-fields.ts'
import { isProblem, promptsOf } from './findings.ts'
import './form-field.css'

/** What every part of the form gets. */
export type FormApi = {
  readonly draft: ConferenceDraft
  readonly findings: readonly Finding[]
  readonly set: <F extends FieldName>(field: F, value: FieldValues[F]) => void
}

/** More than these are counted: a language without prompts lacks dozens. */
const mostLinks = 4

const PromptLinks = ({ finding, language }: { finding: Finding; language: string | undefined }) => {
  const ids = promptsOf(finding)
  if (ids.length === 0) return null
  return (
    <span className="form-links">
      {ids.slice(0, mostLinks).map((id) => (
        <a key={id} href={hrefOf('prompts', { prompt: id, language })}>
          {id}
        </a>
      ))}
      {ids.length > mostLinks ? <span>and {ids.length - mostLinks} more</span> : null}
    </span>
  )
}

/** What a field says of itself: its problems as its error, help and warnings below, read with it. */
export const notesOf = (
  { draft, findings }: FormApi,
  field: FieldName,
  // Never missing: what describes a field is looked for when it appears, and not again when a warning comes.
  help: ReactNode = '',
): { error: string | undefined; help: ReactNode } => {
  const own = findings.filter((finding) => finding.field === field)
  const problems = own.filter(isProblem).map(({ message }) => message)
  const warnings = own.filter((finding) => !isProblem(finding))
  return {
    error: problems.length > 0 ? problems.join(' ') : undefined,
    help:
      warnings.length === 0 ? (
        help
      ) : (
        <>
          {warnings.map((finding) => (
            <span key={`${finding.code} ${finding.cause ?? ''}`} className="form-warning">
              {finding.message}
              <PromptLinks finding={finding} language={valueOf(draft, 'language')} />
            </span>
          ))}
          {help}
        </>
      ),
  }
}

/** What a text field of the form is made of. */
export const textOf = (form: FormApi, field: FieldOf<string>, help?: ReactNode) => ({
  label: labelOf(field),
  value: valueOf(form.draft, field) ?? '',
  onChange: (text: string) => form.set(field, text === '' ? undefined : text),
  ...notesOf(form, field, help),
})

/** Where a field stands, so that one can be led to it. */
export const Slot = ({ field, children }: { field: FieldName; children: ReactNode }) => (
  <div className="form-slot" data-field={field}>
    {children}
  </div>
)
