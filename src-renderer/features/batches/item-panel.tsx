import type { BatchItem, ItemMeasures } from '#contract/batches'
import { isPlaying, player, usePlayer } from '../../audio/player.ts'
import { openPage } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PanelSection, SidePanel } from '../../ui/panel.tsx'
import { figureText, itemStateText } from './batch-text.ts'
import { loadMedia, type Library } from './queries.ts'

type Row = [title: string, unit: string, figure: (measures: ItemMeasures) => string]

const seconds = (ms: number): string => (ms / 1000).toFixed(2)

const rows: readonly Row[] = [
  ['Speech level', 'dBov', (measures) => figureText(measures.active_level_dbov)],
  ['Loudness', 'LUFS', (measures) => figureText(measures.loudness_lufs)],
  ['True peak', 'dBTP', (measures) => figureText(measures.true_peak_dbtp)],
  ['As a caller hears it', 'dBov', (measures) => figureText(measures.caller_level_dbov)],
  ['Noise floor', 'dBov', (measures) => figureText(measures.noise_floor_dbov)],
  ['Silence before', 'ms', (measures) => String(Math.round(measures.head_silence_ms))],
  ['Silence behind', 'ms', (measures) => String(Math.round(measures.tail_silence_ms))],
  ['Clipped places', '', (measures) => String(measures.clipping_runs)],
  ['Length', 's', (measures) => seconds(measures.duration_ms)],
]

const MeasureTable = ({ before, after }: Pick<BatchItem, 'before' | 'after'>) => (
  <table className="item-measures">
    <thead>
      <tr>
        <th scope="col">
          <span className="visually-hidden">Measure</span>
        </th>
        <th scope="col">Before</th>
        <th scope="col">After</th>
        <th scope="col">
          <span className="visually-hidden">Unit</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map(([title, unit, figure]) => (
        <tr key={title}>
          <th scope="row">{title}</th>
          <td className="mono">{before ? figure(before) : '–'}</td>
          <td className="mono">{after ? figure(after) : '–'}</td>
          <td className="faint">{unit}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

type ItemPanelProps = { item: BatchItem; library: Library; isDryRun: boolean; close: () => void }

/** One file of a batch with everything that is known of it. */
export const ItemPanel = ({ item, library, isDryRun, close }: ItemPanelProps) => {
  const { media_id: mediaId, name, state, reason, steps = [], findings = [] } = item
  const { title, tone, glyph } = itemStateText(state, isDryRun)
  const isOn = usePlayer(isPlaying(mediaId))
  return (
    <SidePanel label={`Details of ${name}`}>
      <header className="item-panel-header">
        <div className="truncate">
          <h2 className="truncate" title={name}>
            {name}
          </h2>
          <span className={tone}>
            <span aria-hidden="true">{glyph}</span> {title}
          </span>
        </div>
        <IconButton icon="close" label="Close details" onPress={close} />
      </header>
      <div className="item-panel-buttons">
        <Button onPress={() => player.toggle(mediaId, () => loadMedia(library, mediaId))}>
          <Icon name={isOn ? 'stop' : 'play'} />
          {isOn ? 'Stop' : 'Play the file as it is now'}
        </Button>
        {library === 'account' ? (
          <Button onPress={() => openPage('editor', { media: mediaId })}>Edit</Button>
        ) : null}
      </div>
      {reason === undefined ? null : (
        <p className={state === 'failed' ? 'tone-bad' : 'tone-warn'}>{reason}</p>
      )}
      {steps.length > 0 ? (
        <PanelSection title={isDryRun ? 'Would be done' : 'Done'}>
          <ol className="item-steps">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </PanelSection>
      ) : null}
      {findings.length > 0 ? (
        <PanelSection title="Still to be seen to">
          <ul className="item-steps">
            {findings.map(({ check, severity, message }) => (
              <li key={check} className={severity === 'info' ? 'muted' : 'tone-warn'}>
                {message}
              </li>
            ))}
          </ul>
        </PanelSection>
      ) : null}
      {item.before || item.after ? (
        <PanelSection title="Measures">
          <MeasureTable {...item} />
        </PanelSection>
      ) : null}
    </SidePanel>
  )
}
