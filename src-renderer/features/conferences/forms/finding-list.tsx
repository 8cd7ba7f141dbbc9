import type { Finding } from '#contract/conference-check'
import { Icon } from '../../../ui/icon.tsx'
import { labelOf } from './conference-fields.ts'
import { countText, isProblem, spokenText } from './findings.ts'

/** Everything that is to be known before saving, with the way to its field. */
export const FindingList = ({
  findings,
  goTo,
}: {
  findings: readonly Finding[]
  goTo: (field: string) => void
}) => (
  <div className={findings.length > 0 ? 'finding-list' : 'finding-list finding-list-none'}>
    <p role="status" className="visually-hidden">
      {spokenText(findings)}
    </p>
    {findings.length > 0 ? (
      <ul aria-label={countText(findings)}>
        {findings.map((finding) => {
          const { field, code, cause = '', message } = finding
          return (
            <li key={`${field} ${code} ${cause}`}>
              <button type="button" className="finding" onClick={() => goTo(field)}>
                <span className={isProblem(finding) ? 'tone-bad' : 'tone-warn'}>
                  <Icon name={isProblem(finding) ? 'error' : 'warning'} size={13} />
                  <span className="visually-hidden">{finding.severity}</span>
                </span>
                <span className="finding-field">{labelOf(field)}</span>
                <span className="truncate muted">{message}</span>
              </button>
            </li>
          )
        })}
      </ul>
    ) : null}
  </div>
)
