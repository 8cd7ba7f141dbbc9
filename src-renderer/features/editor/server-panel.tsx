import { useQuery } from '@tanstack/react-query'
import { normalisationCommand } from '../../lib/normalisation-command.ts'
import { PanelSection } from '../../ui/panel.tsx'
import { useEditList } from './editor-context.ts'
import { formatText } from './format-text.ts'
import { settingsQuery } from './queries.ts'
import { usePack } from './use-measures.ts'
import './server-panel.css'

/** Rate and channels that arguments of sox ask for; undefined where they leave them. */
const wantedOf = (args: string) => {
  const rate = /(?:^|\s)(?:-r|--rate)\s*(\d+(?:\.\d+)?)(k?)/.exec(args)
  const channels = /(?:^|\s)(?:-c|--channels)\s*(\d+)/.exec(args)
  return {
    sample_rate_hz: rate ? Number(rate[1]) * (rate[2] === 'k' ? 1000 : 1) : undefined,
    channels: channels ? Number(channels[1]) : undefined,
  }
}

const changesLevel = (args: string) => /(?:^|\s)(gain|norm|vol|compand|loudness)\b/.test(args)

/** What becomes of the file between here and the caller. */
export const ServerPanel = () => {
  const { data: settings } = useQuery(settingsQuery)
  const { document } = usePack()
  const { sample_rate_hz, channels } = useEditList()
  if (!settings) return null
  const container = document?._read_only?.original?.audio.container ?? 'wav'
  const args = settings.normalize_destination_args
  const wanted = wantedOf(args)
  const after = {
    sample_rate_hz: wanted.sample_rate_hz ?? sample_rate_hz,
    channels: wanted.channels ?? channels,
  }
  const before = formatText({ sample_rate_hz, channels })
  const isSame = before === formatText(after)
  return (
    <PanelSection title="What the server will do">
      <div className="server-panel mono">
        {settings.normalize_media ? (
          <>
            <code>{normalisationCommand(settings, container)}</code>
            <p className="muted">
              {isSame ? `stays ${before}` : `${before} → ${formatText(after)}`},{' '}
              {changesLevel(args) ? 'level changed' : 'no level change'}
            </p>
          </>
        ) : (
          <p className="muted">Nothing: callers hear the file as it is saved, {before}.</p>
        )}
      </div>
    </PanelSection>
  )
}
