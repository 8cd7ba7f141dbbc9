import type { ReactNode } from 'react'
import type { Finding, Measures } from '#contract/measures'
import { framesOf } from '#sound/edit-list/edit-list'
import { levelText, unitOf } from '#sound/levels/level-text'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Select } from '../../ui/select.tsx'
import { matchLevel } from './editor-actions.ts'
import { useEditorState, useSession } from './editor-context.ts'
import { changeEditorSettings } from './editor-settings.ts'
import { canEdit } from './editor-state.ts'
import { useTarget, useTargets, type MeasuresView } from './use-measures.ts'
import './sound-panel.css'

const figureText = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : levelText(value)

type Row = { name: string; title: string; unit: string; text: (measures: Measures) => string }

const rows: readonly Row[] = [
  {
    name: 'Speech level P.56',
    title: 'Active speech level, ITU-T P.56: how loud it is while somebody speaks',
    unit: 'dBov',
    text: ({ active_level_dbov: level }) => figureText(level),
  },
  {
    name: 'Loudness',
    title: 'Integrated loudness, ITU-R BS.1770-4',
    unit: 'LUFS',
    text: ({ loudness_lufs: level }) => figureText(level),
  },
  {
    name: 'True peak',
    title: 'Largest value between the samples',
    unit: 'dBTP',
    text: ({ true_peak_dbtp: level }) => figureText(level),
  },
  {
    name: 'Noise floor',
    title: 'What remains where nobody speaks',
    unit: 'dBov',
    text: ({ noise_floor_dbov: level }) => figureText(level),
  },
  {
    name: 'As callers hear',
    title: 'Speech level of what is left after 300–3400 Hz and G.711',
    unit: 'dBov',
    text: ({ caller_level_dbov: level }) => figureText(level),
  },
  {
    name: 'Bandwidth',
    title: 'Up to where there is energy worth hearing',
    unit: 'kHz',
    text: ({ bandwidth_hz: hertz }) => (hertz / 1000).toFixed(1),
  },
  {
    name: 'Silence before',
    title: 'Before the first sound',
    unit: 'ms',
    text: ({ head_silence_ms: head }) => String(Math.round(head)),
  },
  {
    name: 'Silence behind',
    title: 'Behind the last sound',
    unit: 'ms',
    text: ({ tail_silence_ms: tail }) => String(Math.round(tail)),
  },
  {
    name: 'Clipping',
    title: 'Places with three or more samples at full scale',
    unit: '',
    text: ({ clipping_runs: runs }) => (runs === 0 ? 'none' : String(runs)),
  },
  {
    name: 'DC offset',
    title: 'How far the wave lies beside zero, of full scale, in the worst channel',
    unit: '%',
    text: ({ dc_offset: offset }) => (Math.abs(offset) * 100).toFixed(2),
  },
]

const Table = ({ file, part }: { file: Measures | undefined; part: Measures | undefined }) => (
  <table className="sound-table">
    <colgroup>
      <col />
      <col className="sound-value" />
      <col className="sound-value" />
      <col className="sound-unit" />
    </colgroup>
    <thead className="visually-hidden">
      <tr>
        <th scope="col">Measure</th>
        <th scope="col">Selection</th>
        <th scope="col">File</th>
        <th scope="col">Unit</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ name, title, unit, text }) => (
        <tr key={name}>
          <th scope="row" title={title}>
            {name}
          </th>
          <td className="mono sound-part">{part ? text(part) : ''}</td>
          <td className="mono">{file ? text(file) : '…'}</td>
          <td className="mono faint">{unit}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const tones: Record<Finding['severity'], string> = {
  error: 'tone-bad',
  warning: 'tone-warn',
  info: 'muted',
}

const TargetChoice = () => {
  const targets = useTargets()
  const target = useTarget()
  if (!target) return <p className="muted sound-wait">Looking at what the pack measures…</p>
  return (
    <div className="sound-target">
      <Select
        label="Target"
        value={target.id}
        options={targets.map(({ id, name, level, metric }) => ({
          value: id,
          label: name,
          detail: `${levelText(level)} ${unitOf[metric]}`,
        }))}
        onChange={(profile) => changeEditorSettings({ profile })}
        help={target.source}
      />
    </div>
  )
}

const FindingRow = ({ finding, fix }: { finding: Finding; fix: (() => void) | undefined }) => (
  <li className={`sound-finding ${tones[finding.severity]}`}>
    <Icon name={finding.severity === 'info' ? 'info' : 'warning'} size={14} />
    <span>{finding.message}</span>
    {fix ? (
      <Button className="sound-fix" preventFocusOnPress onPress={fix}>
        Fix
      </Button>
    ) : null}
  </li>
)

const Verdict = ({ view }: { view: MeasuresView }) => {
  const session = useSession()
  const isFree = useEditorState(canEdit)
  const { report, isOld } = view.file
  const verdict = report?.verdict
  if (!report || !verdict) return null
  const range = { from: 0, to: framesOf(session.editor.list()) }
  const fix = () =>
    matchLevel(session, { measures: report.measures, target: verdict.target, range })
  const isFixable = (finding: Finding) =>
    isFree && !isOld && finding.check === 'level' && finding.gain_db !== undefined
  return (
    <section aria-label="Verdict" role="status">
      {verdict.ok ? (
        <p className="sound-finding tone-ok">
          <Icon name="check" size={14} />
          {`As “${verdict.target.name}” wants it`}
        </p>
      ) : null}
      {verdict.findings.length === 0 ? null : (
        <ul className="sound-findings">
          {verdict.findings.map((finding) => (
            <FindingRow
              key={finding.check}
              finding={finding}
              fix={isFixable(finding) ? fix : undefined}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

const Standing = ({ view }: { view: MeasuresView }): ReactNode => {
  const { start, cancel, isMeasuring, error } = view.file
  if (error !== undefined)
    return (
      <p role="alert" className="tone-bad">
        {error}
      </p>
    )
  if (start)
    return (
      <p className="sound-ask">
        <span className="muted">Measuring a file of this length takes a moment.</span>
        <Button onPress={start}>Measure</Button>
      </p>
    )
  if (!isMeasuring || view.seconds < 60) return null
  return (
    <div className="sound-ask">
      <Progress isCompact label="Measuring the file" />
      <Button onPress={cancel}>Cancel</Button>
    </div>
  )
}

/** What the file and the selection measure, and whether that is what it should be. */
export const SoundPanel = ({ view }: { view: MeasuresView }) => {
  const { file, selection } = view
  const isOld = file.isOld || file.isMeasuring
  return (
    <PanelSection
      title="Sound"
      actions={<span className="sound-columns muted">selection · file</span>}
    >
      <div className="sound" data-old={isOld || undefined}>
        <Table file={file.report?.measures} part={selection.report?.measures} />
        <Standing view={view} />
        <TargetChoice />
        <Verdict view={view} />
      </div>
    </PanelSection>
  )
}
