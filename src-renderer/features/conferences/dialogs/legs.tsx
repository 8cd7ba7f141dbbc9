import type { LegProgress } from './dial-progress.ts'
import './dial-dialog.css'

const tones = { calling: 'muted', ringing: 'tone-info', answered: 'tone-ok', failed: 'tone-bad' }

/** How far each call is. */
export const Legs = ({ legs }: { legs: readonly LegProgress[] }) => (
  <ul className="dial-legs" aria-label="Calls" aria-live="polite">
    {legs.map(({ id, name, state, text }) => (
      <li key={id} className="dial-leg">
        <span className={`dial-leg-mark dial-leg-${state}`} aria-hidden="true" />
        <bdi className="truncate">{name}</bdi>
        <span className={tones[state]}>{text}</span>
      </li>
    ))}
  </ul>
)
