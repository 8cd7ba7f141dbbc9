import type { LibraryItem } from '#contract/studio'
import { isPlaying, player, usePlayer } from '../../audio/player.ts'
import { ShapeGlyph } from '../../audio/shape-glyph.tsx'
import { bytesText } from '../../lib/bytes.ts'
import { durationText } from '../../lib/duration.ts'
import { whenFullText, whenText } from '../../lib/gregorian.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Column } from '../../ui/virtual-table.tsx'
import { loadFile } from './queries.ts'
import { formatText, sourceText } from './sound-text.ts'

const PlayCell = ({ item }: { item: LibraryItem }) => {
  const isOn = usePlayer(isPlaying(item.id))
  if (!item.audio?.playable) return null
  return (
    <button
      type="button"
      // The table has the keys; this is for the pointer, and Tab is not to stop at every row.
      tabIndex={-1}
      className={isOn ? 'media-play media-play-on' : 'media-play'}
      aria-label={isOn ? `Stop ${item.name}` : `Play ${item.name}`}
      onClick={(event) => {
        event.stopPropagation()
        player.toggle(item.id, () => loadFile(item.id))
      }}
    >
      <Icon name={isOn ? 'stop' : 'play'} size={12} />
    </button>
  )
}

const Shape = ({ audio, normalization_error: failure }: LibraryItem) => {
  if (audio?.shape)
    return (
      <ShapeGlyph shape={audio.shape} width={96} height={18} tone={failure ? 'warn' : 'wave'} />
    )
  return <span className="faint">{audio ? 'not playable' : 'no file'}</span>
}

const mono = (text: string | undefined) => <span className="mono truncate muted">{text}</span>

export const mediaColumns: readonly Column<LibraryItem>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(180px, 3fr)',
    cell: (item) => (
      <>
        <span className="media-play-slot">
          <PlayCell item={item} />
        </span>
        <span className="truncate media-name">{item.name}</span>
        {item.description ? <span className="truncate faint">{item.description}</span> : null}
        {item.normalization_error ? (
          <span className="tone-warn media-flag" title={item.normalization_error}>
            <Icon name="warning" size={14} />
            <span className="visually-hidden">Could not be normalised</span>
          </span>
        ) : null}
      </>
    ),
  },
  { id: 'shape', title: 'Sound', width: '120px', cell: (item) => <Shape {...item} /> },
  {
    id: 'duration',
    title: 'Length',
    width: '76px',
    align: 'end',
    cell: ({ audio }) =>
      mono(audio?.duration_ms === undefined ? undefined : durationText(audio.duration_ms)),
  },
  {
    id: 'format',
    title: 'Format',
    width: 'minmax(120px, 186px)',
    cell: ({ audio }) => mono(audio ? formatText(audio) : undefined),
  },
  {
    id: 'size',
    title: 'Size',
    width: '80px',
    align: 'end',
    cell: ({ content_length: size }) => mono(size === undefined ? undefined : bytesText(size)),
  },
  { id: 'language', title: 'Language', width: '84px', cell: ({ language }) => mono(language) },
  {
    id: 'source',
    title: 'Source',
    width: '100px',
    cell: (item) => <span className="muted truncate">{sourceText(item.media_source)}</span>,
  },
  {
    id: 'modified',
    title: 'Modified',
    width: '104px',
    cell: ({ modified }) => (
      <span className="muted truncate" title={whenFullText(modified)}>
        {whenText(modified)}
      </span>
    ),
  },
]

/** Beside the open panel: what the panel shows in full stays out of the table. */
export const narrowMediaColumns = mediaColumns.filter(({ id }) =>
  ['name', 'shape', 'duration', 'modified'].includes(id),
)
