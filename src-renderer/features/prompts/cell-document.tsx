import { whenFullText } from '../../lib/gregorian.ts'
import { KeyValue } from '../../ui/key-value.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import type { MediaDetails } from './queries.ts'

/** A revision is `12-` and 32 hex digits; the number is what people compare. */
const revisionNumber = (revision: string): string => revision.split('-', 1)[0] ?? revision

/** The media document behind the cell, as API clients see it. */
export const CellDocument = ({ details }: { details: MediaDetails | undefined }) => {
  const document = details?.document
  const { modified, created } = document?._read_only ?? {}
  const speech = document?.media_source === 'tts' ? document.tts : undefined
  return (
    <PanelSection title="Document">
      <KeyValue
        rows={[
          ['Name', document?.name ?? '…'],
          ['Description', document?.description],
          ['Voice', speech?.voice],
          ['Spoken text', speech?.text],
          [
            'Revision',
            details?.revision === undefined ? undefined : (
              <span title={details.revision}>{revisionNumber(details.revision)}</span>
            ),
          ],
          ['Modified', modified === undefined ? '…' : whenFullText(modified)],
          ['Created', created === undefined ? undefined : whenFullText(created)],
        ]}
      />
    </PanelSection>
  )
}
