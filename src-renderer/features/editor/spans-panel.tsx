import { useState } from 'react'
import type { EditList, Layer, Span, Stage } from '#contract/edit-list'
import { startsOf } from '#sound/edit-list/edit-list'
import { isMix } from '#sound/edit-list/span'
import { gainText } from '#sound/levels/level-text'
import { Button } from '../../ui/button.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import { VirtualTable, type Column } from '../../ui/virtual-table.tsx'
import { useEditList, useSession } from './editor-context.ts'
import { selectRange } from './editor-actions.ts'
import { useEditorSettings } from './editor-settings.ts'
import { framesText } from './time-text.ts'
import './spans-panel.css'

type Entry = { id: string; from: number; to: number; what: string }

const stageText = (stage: Stage): string => {
  if (stage.kind === 'gain') return `${gainText(stage.gain_db)} dB`
  return stage.step === 1 ? 'fades in' : 'fades out'
}

const stagesText = (layer: Layer): string[] => [
  ...(!isMix(layer) && layer.reversed ? ['reversed'] : []),
  ...(layer.stages ?? []).map(stageText),
]

const sourceText = (layer: Layer): string =>
  isMix(layer) ? 'mix' : `${layer.source.slice(0, 6)} from ${layer.in}`

/** Which audio, and what is done to it: "31a9f0 from 400, −3.0 dB, fades in". */
const layerText = (layer: Layer): string => [sourceText(layer), ...stagesText(layer)].join(', ')

const entryOf = ({ frames, layers }: Span, from: number, index: number): Entry => ({
  id: `span ${index}`,
  from,
  to: from + frames,
  what: layers.length === 0 ? 'Silence' : layers.map(layerText).join(' + '),
})

/** Spans and markers in the order they are heard. */
const entriesOf = (list: EditList): Entry[] => {
  const starts = startsOf(list.spans)
  const spans = list.spans.map((span, index) => entryOf(span, starts[index] ?? 0, index))
  const markers = list.markers.map(({ id, at, end, label }): Entry => ({
    id: `marker ${id}`,
    from: at,
    to: end ?? at,
    what: `Marker: ${label}`,
  }))
  return [...spans, ...markers].sort((a, b) => a.from - b.from)
}

/** What the wave shows, as a table: for those who do not see it, and for those who want to know. */
export const SpansPanel = () => {
  const session = useSession()
  const list = useEditList()
  const units = useEditorSettings((state) => state.units)
  const [isOpen, setOpen] = useState(false)
  const [activeId, setActive] = useState<string>()
  const entries = isOpen ? entriesOf(list) : []
  const time = (frame: number) => framesText(frame, list.sample_rate_hz, units)
  const columns: Column<Entry>[] = [
    { id: 'from', title: 'From', width: '84px', cell: ({ from }) => mono(time(from)) },
    { id: 'length', title: 'Length', width: '78px', cell: ({ from, to }) => mono(time(to - from)) },
    { id: 'what', title: 'What', width: 'minmax(96px, 1fr)', cell: ({ what }) => cut(what) },
  ]
  return (
    <PanelSection
      title="Spans"
      isBare={!isOpen}
      actions={
        <Button
          variant="quiet"
          className="spans-toggle"
          aria-expanded={isOpen}
          onPress={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Hide' : `Show ${list.spans.length}`}
        </Button>
      }
    >
      {isOpen ? (
        <div className="spans-table">
          <VirtualTable
            label="Spans and markers"
            columns={columns}
            rows={entries}
            rowId={({ id }) => id}
            activeId={activeId}
            onActivate={setActive}
            onOpen={(id) => {
              const entry = entries.find((one) => one.id === id)
              if (entry) void selectRange(session, entry)
            }}
          />
        </div>
      ) : null}
    </PanelSection>
  )
}

const mono = (text: string) => <span className="mono">{text}</span>
const cut = (text: string) => (
  <span className="truncate" title={text}>
    {text}
  </span>
)
