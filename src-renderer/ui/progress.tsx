import { ProgressBar } from 'react-aria-components'
import './progress.css'

type ProgressProps = {
  label: string
  /** 0 to 1; left out while nobody knows. */
  value?: number | undefined
  /** Draws the bar alone; the label is still read out. */
  isCompact?: boolean
}

export const Progress = ({ label, value, isCompact = false }: ProgressProps) => (
  <ProgressBar
    className={isCompact ? 'progress progress-compact' : 'progress'}
    aria-label={label}
    {...(value === undefined ? { isIndeterminate: true } : { value: value * 100 })}
  >
    {({ percentage, valueText }) => (
      <>
        {isCompact ? null : (
          <span className="progress-texts">
            <span className="truncate">{label}</span>
            <span className="mono">{valueText}</span>
          </span>
        )}
        <span className="progress-track">
          <span
            className={percentage === undefined ? 'progress-bar progress-unknown' : 'progress-bar'}
            style={percentage === undefined ? undefined : { width: `${percentage}%` }}
          />
        </span>
      </>
    )}
  </ProgressBar>
)
