import { decibelText } from '../../lib/decibel.ts'
import './level-meter.css'

const floorDb = -60

/** Share of the meter that a level fills: −60 dBFS nothing, 0 dBFS all of it. */
const share = (amplitude: number): number =>
  amplitude <= 0 ? 0 : Math.max(0, Math.min(1, 1 - (20 * Math.log10(amplitude)) / floorDb))

const dbfs = (amplitude: number): number => 20 * Math.log10(amplitude)

/** How loud the microphone is: RMS as the bar, peak as the line. Amplitudes 0 to 1. */
export const LevelMeter = ({ rms, peak }: { rms: number; peak: number }) => (
  <div
    className="level-meter"
    role="meter"
    aria-label="Microphone level"
    aria-valuemin={floorDb}
    aria-valuemax={0}
    aria-valuenow={Math.round(Math.max(floorDb, dbfs(peak)))}
    aria-valuetext={`peak ${decibelText(dbfs(peak))}`}
  >
    <span className="level-meter-track">
      <span className="level-meter-rms" style={{ transform: `scaleX(${share(rms)})` }} />
      <span className="level-meter-peak" style={{ left: `${share(peak) * 100}%` }} />
    </span>
    <span className="level-meter-scale mono" aria-hidden="true">
      {[-60, -48, -36, -24, -12, 0].map((db) => (
        <span key={db}>{db === 0 ? '0' : `−${-db}`}</span>
      ))}
    </span>
  </div>
)
