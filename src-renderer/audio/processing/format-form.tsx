import type { OutputFormat } from '#contract/effects'
import { NumberField } from '../../ui/number-field.tsx'
import { Select } from '../../ui/select.tsx'

type FormatFormProps = {
  format: OutputFormat | undefined
  /** What no format means; without it there has to be one. */
  own?: string
  /** What can be written here; without it all that there is. */
  writable?: readonly string[] | undefined
  onChange: (format: OutputFormat | undefined) => void
}

const containers = [
  { value: 'wav', label: 'wav' },
  { value: 'mp3', label: 'mp3' },
  { value: 'ogg', label: 'ogg' },
  { value: 'flac', label: 'flac' },
  { value: 'opus', label: 'opus' },
] as const

const encodings = [
  { value: 'pcm_16', label: '16-bit PCM' },
  { value: 'pcm_24', label: '24-bit PCM' },
  { value: 'pcm_8', label: '8-bit PCM' },
  { value: 'ulaw', label: 'G.711 µ-law' },
  { value: 'alaw', label: 'G.711 A-law' },
  { value: 'gsm', label: 'GSM' },
] as const

const rates = [
  { value: '', label: 'As it is' },
  { value: '8000', label: '8000 Hz' },
  { value: '16000', label: '16000 Hz' },
  { value: '44100', label: '44100 Hz' },
  { value: '48000', label: '48000 Hz' },
] as const

const channels = [
  { value: '', label: 'As they are' },
  { value: '1', label: 'Mono' },
  { value: '2', label: 'Stereo' },
] as const

const bitrated = ['mp3', 'ogg', 'opus']

const without = (format: OutputFormat, name: keyof OutputFormat): OutputFormat => {
  const { [name]: _, ...others } = format
  // The container is never taken out.
  return others as OutputFormat
}

const containerChanged = (
  format: OutputFormat | undefined,
  container: OutputFormat['container'],
): OutputFormat => {
  const kept = format ? without(without(format, 'encoding'), 'bitrate_kbps') : {}
  return { ...kept, container, ...(container === 'wav' ? { encoding: 'pcm_16' } : {}) }
}

/** What a recipe from elsewhere says stands among the choices, too. */
const withOwn = (
  options: readonly { value: string; label: string }[],
  value: number | undefined,
  label: (value: number) => string,
) => {
  const isKnown = value === undefined || options.some((option) => option.value === String(value))
  return isKnown ? options : [...options, { value: String(value), label: label(value) }]
}

/** How the files are written. */
export const FormatForm = ({ format, own, writable, onChange }: FormatFormProps) => {
  const shown = containers.find(({ value }) => value === format?.container)?.value ?? 'own'
  const offered = containers.filter(
    ({ value }) => value === shown || writable === undefined || writable.includes(value),
  )
  const set = (name: 'sample_rate_hz' | 'channels' | 'bitrate_kbps', value: number | undefined) => {
    if (!format) return
    onChange(
      value === undefined || Number.isNaN(value)
        ? without(format, name)
        : { ...format, [name]: value },
    )
  }
  return (
    <div className="format-form">
      <Select
        label="Write as"
        value={shown}
        options={own === undefined ? offered : [{ value: 'own', label: own }, ...offered]}
        onChange={(value) =>
          onChange(value === 'own' ? undefined : containerChanged(format, value))
        }
      />
      {format?.container === 'wav' ? (
        <Select
          label="Encoding"
          value={format.encoding ?? 'pcm_16'}
          options={encodings}
          onChange={(encoding) => onChange({ ...format, encoding })}
        />
      ) : null}
      {format && bitrated.includes(format.container) ? (
        <NumberField
          label="Bitrate"
          unit="kbit/s"
          value={format.bitrate_kbps ?? Number.NaN}
          minValue={8}
          maxValue={320}
          step={8}
          onChange={(value) => set('bitrate_kbps', value)}
        />
      ) : null}
      {format ? (
        <>
          <Select
            label="Rate"
            value={String(format.sample_rate_hz ?? '')}
            options={withOwn(rates, format.sample_rate_hz, (rate) => `${rate} Hz`)}
            onChange={(value) => set('sample_rate_hz', value === '' ? undefined : Number(value))}
          />
          <Select
            label="Channels"
            value={String(format.channels ?? '')}
            options={withOwn(channels, format.channels, (count) => `${count} channels`)}
            onChange={(value) => set('channels', value === '' ? undefined : Number(value))}
          />
        </>
      ) : null}
    </div>
  )
}
