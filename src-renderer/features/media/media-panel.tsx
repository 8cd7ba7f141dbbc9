import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { MediaDocument } from '#contract/media'
import { bytesText } from '../../lib/bytes.ts'
import { decibelText } from '../../lib/decibel.ts'
import { durationText } from '../../lib/duration.ts'
import { whenFullText } from '../../lib/gregorian.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { KeyValue } from '../../ui/key-value.tsx'
import { PanelSection, SidePanel } from '../../ui/panel.tsx'
import { MediaActions } from './media-actions.tsx'
import { MediaForm } from './media-form.tsx'
import { MediaSound } from './media-sound.tsx'
import { documentQuery } from './queries.ts'
import { formatText, sourceText } from './sound-text.ts'
import './media-panel.css'

/** Left out of the table when it is not known. */
const told = <T,>(value: T | undefined, text: (value: T) => ReactNode): ReactNode =>
  value === undefined ? undefined : text(value)

const Facts = ({ document }: { document: MediaDocument }) => {
  const facts = document._read_only
  const file = facts?.file ?? facts?.original
  const audio = file?.audio
  return (
    <KeyValue
      rows={[
        ['Format', told(audio, formatText)],
        ['Length', told(audio?.duration_ms, durationText)],
        ['Peak', told(audio?.peak_dbfs, decibelText)],
        ['Level', told(audio?.rms_dbfs, decibelText)],
        ['Size', told(file?.content_length, bytesText)],
        ['File', file?.filename],
        ['Normalised', normalisedText(document)],
        ['Source', sourceText(document.media_source)],
        ['Spoken text', document.tts?.text],
        ['Added', told(facts?.created, whenFullText)],
        ['Changed', told(facts?.modified, whenFullText)],
      ]}
    />
  )
}

const normalisedText = ({ normalization_error: failure, _read_only: facts }: MediaDocument) => {
  if (failure !== undefined) return <span className="tone-warn">{failure}</span>
  return facts?.original && facts.file ? 'yes' : undefined
}

const PanelContent = ({ document }: { document: MediaDocument }) => (
  <>
    <MediaSound document={document} />
    <PanelSection title="Sound">
      <Facts document={document} />
    </PanelSection>
    <PanelSection title="About">
      <MediaForm key={document.id} document={document} />
    </PanelSection>
    <MediaActions document={document} />
  </>
)

/** Everything about the medium under the cursor. */
export const MediaPanel = ({
  id,
  name,
  close,
}: {
  id: string
  name: string
  close: () => void
}) => {
  const { data: document, error } = useQuery(documentQuery(id))
  return (
    <SidePanel label={name}>
      <header className="media-panel-header">
        <h2 className="media-panel-title">{document?.name ?? name}</h2>
        <IconButton icon="close" label="Close the panel" command="media.close" onPress={close} />
      </header>
      {document ? <PanelContent document={document} /> : null}
      {error && !document ? (
        <p role="alert" className="tone-bad">
          {error.message}
        </p>
      ) : null}
    </SidePanel>
  )
}
