import type { ReactNode } from 'react'
import type { Finding } from '#contract/conference-check'
import { Icon } from '../../../ui/icon.tsx'
import { essentialGroups, groups, type GroupId } from './conference-fields.ts'

export type GroupState = {
  /** Fields that are not as in a new conference. */
  readonly changes: number
  readonly mark: Finding['severity'] | undefined
}

const changedText = (changes: number): string => (changes === 0 ? '' : `${changes} changed`)

const Mark = ({ mark }: { mark: GroupState['mark'] }) =>
  mark === undefined ? null : (
    <span className={mark === 'problem' ? 'tone-bad' : 'tone-warn'}>
      <Icon name={mark === 'problem' ? 'error' : 'warning'} size={13} />
      <span className="visually-hidden">{mark}</span>
    </span>
  )

/** The parts of the form at a glance, and the way to each. */
export const FormIndex = ({
  stateOf,
  goTo,
}: {
  stateOf: (id: GroupId) => GroupState
  goTo: (id: GroupId) => void
}) => (
  <nav className="form-index" aria-label="Parts of the form">
    <ul>
      {groups.map(({ id, title }) => {
        const { changes, mark } = stateOf(id)
        return (
          <li key={id}>
            <button type="button" className="form-index-link" onClick={() => goTo(id)}>
              <span className="truncate">{title}</span>
              <Mark mark={mark} />
              {changes > 0 && !essentialGroups.includes(id) ? (
                <span className="faint mono" title={changedText(changes)}>
                  {changes}
                  <span className="visually-hidden"> changed</span>
                </span>
              ) : null}
            </button>
          </li>
        )
      })}
    </ul>
  </nav>
)

type FormSectionProps = {
  group: (typeof groups)[number]
  state: GroupState
  isOpen: boolean
  onToggle: () => void
  children: ReactNode
}

/** One part of the form; closed it says what it is about, or how much differs from the default. */
export const FormSection = ({ group, state, isOpen, onToggle, children }: FormSectionProps) => {
  const { id, title, about } = group
  const { changes, mark } = state
  return (
    <section className="form-section" aria-labelledby={`group-${id}`} data-group={id}>
      <h3 className="form-section-head">
        <button
          type="button"
          id={`group-${id}`}
          className="form-section-button"
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={14} />
          <span>{title}</span>
          <Mark mark={mark} />
          <span className="form-section-about muted truncate">
            {!isOpen && changes > 0 ? changedText(changes) : about}
          </span>
        </button>
      </h3>
      {isOpen ? <div className="form-fields">{children}</div> : null}
    </section>
  )
}
