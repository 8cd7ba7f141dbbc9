import type { StoredFile } from '#contract/media'
import { secondsText } from '../../audio/wave-geometry.ts'
import { KeyValue } from '../../ui/key-value.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import type { MediaDetails } from './queries.ts'
import { formatText, levelText, ratioText, servedText, sizeText } from './sound-facts.ts'

type SoundFactsProps = {
  /** Undefined while they are on their way. */
  details: MediaDetails | undefined
  durationMs: number | undefined
  sourceMs: number | undefined
  isSource: boolean
}

/** Holds the place of a fact that is still loading. */
const waiting = '…'

const originalText = (original: StoredFile | undefined): string | undefined =>
  original && `${formatText(original.audio)} · ${sizeText(original)}`

/** What listening to the file told, and which of its versions callers hear. */
export const SoundFacts = ({ details, durationMs, sourceMs, isSource }: SoundFactsProps) => {
  const document = details?.document
  const file = document?._read_only?.file
  const ratio = isSource ? undefined : ratioText(durationMs, sourceMs)
  const fact = (read: (stored: StoredFile) => string | undefined) =>
    document === undefined ? waiting : file && read(file)
  return (
    <PanelSection title="Sound">
      <KeyValue
        rows={[
          [
            'Length',
            durationMs === undefined ? undefined : (
              <>
                {secondsText(durationMs)}
                {ratio ? <span className="faint"> {ratio} × source</span> : null}
              </>
            ),
          ],
          ['Peak', fact(({ audio }) => levelText(audio))],
          ['Format', fact(({ audio }) => formatText(audio))],
          ['Size', fact(sizeText)],
          ['Callers hear', document === undefined ? waiting : servedText(document)],
          ['Original', originalText(document?._read_only?.original)],
        ]}
      />
      {document?.normalization_error === undefined ? null : (
        <p className="sound-facts-error tone-warn">
          The file could not be brought to the configured format, so callers hear it as it came. The
          normaliser said: <span className="mono">{document.normalization_error}</span>
        </p>
      )}
    </PanelSection>
  )
}
