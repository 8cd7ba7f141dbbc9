import { numbersOf, type ConferenceRow } from './conference-text.ts'

/** Said while nobody is in a conference. */
export const HowToGetIn = ({ conference }: { conference: ConferenceRow | undefined }) => {
  if (!conference) return null
  const numbers = numbersOf(conference)
  return numbers === '' ? (
    <p>It has no number yet: edit it to give it one, or dial people in.</p>
  ) : (
    <p>
      Dial <span className="mono">{numbers}</span> from a phone to get in.
    </p>
  )
}
