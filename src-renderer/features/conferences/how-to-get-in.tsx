import { Fragment } from 'react'
import { byNumber, type ConferenceRow } from './conference-text.ts'
import './how-to-get-in.css'

/** Said while nobody is in a conference. */
export const HowToGetIn = ({ conference }: { conference: ConferenceRow | undefined }) => {
  if (!conference) return null
  const ways = byNumber(conference)
  if (ways.length === 0)
    return <p>It has no number yet: edit it to give it one, or dial people in.</p>
  return (
    <dl className="get-in">
      {ways.map(({ who, numbers }) => (
        <Fragment key={who}>
          <dt>{who}</dt>
          <dd className="mono">{numbers.join(', ')}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
