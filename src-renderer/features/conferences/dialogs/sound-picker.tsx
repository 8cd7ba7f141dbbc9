import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { isPlaying, player, usePlayer } from '../../../audio/player.ts'
import { durationText } from '../../../lib/duration.ts'
import { ChoiceGroup } from '../../../ui/choice-group.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { useDebounced } from '../../../ui/use-debounced.ts'
import { VirtualTable, type Column } from '../../../ui/virtual-table.tsx'
import { libraryQuery, loadSound, promptsQuery } from './queries.ts'
import { soundsOfMedia, soundsOfPrompts, type Sound } from './sound-list.ts'
import './sound-picker.css'

/** What is listened to here must not be mistaken for what the page plays elsewhere. */
const playingId = ({ id }: Sound) => `pick ${id}`

const listen = (sound: Sound) =>
  player.toggle(playingId(sound), () => loadSound(sound.id, sound.isSystem))

const ListenButton = ({ sound }: { sound: Sound }) => {
  const isOn = usePlayer(isPlaying(playingId(sound)))
  return (
    <IconButton
      icon={isOn ? 'stop' : 'play'}
      label={isOn ? 'Stop listening' : `Listen to ${sound.name} yourself`}
      excludeFromTabOrder
      onPress={() => listen(sound)}
    />
  )
}

const columns: readonly Column<Sound>[] = [
  {
    id: 'listen',
    title: 'Listen',
    isTitleHidden: true,
    width: '40px',
    cell: (sound) => <ListenButton sound={sound} />,
  },
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(140px, 1fr)',
    cell: ({ name }) => <bdi className="truncate">{name}</bdi>,
  },
  {
    id: 'detail',
    title: 'What it says',
    width: 'minmax(0, 1.6fr)',
    cell: ({ detail }) => <span className="truncate muted">{detail}</span>,
  },
  {
    id: 'length',
    title: 'Length',
    width: '76px',
    align: 'end',
    cell: ({ durationMs }) => <span className="mono">{durationText(durationMs)}</span>,
  },
]

type Library = 'media' | 'prompts'

type Listed = {
  /** Undefined until it is loaded. */
  sounds: readonly Sound[] | undefined
  error: Error | null
  languages: readonly string[]
  language: string
  isComplete: boolean
  more: () => void
}

const useSounds = (library: Library, search: string, wanted: string | undefined): Listed => {
  const media = useInfiniteQuery({ ...libraryQuery(search), enabled: library === 'media' })
  const prompts = useQuery({ ...promptsQuery, enabled: library === 'prompts' })
  const matrix = prompts.data
  const language = wanted ?? matrix?.source_language ?? ''
  const pages = media.data?.pages
  const ofMedia = useMemo(() => pages && soundsOfMedia(pages.flatMap(({ data }) => data)), [pages])
  const ofPrompts = useMemo(
    () => matrix && soundsOfPrompts(matrix, language, search),
    [matrix, language, search],
  )
  if (library === 'prompts')
    return {
      ...{ sounds: ofPrompts, error: prompts.error, languages: matrix?.languages ?? [], language },
      ...{ isComplete: true, more: () => undefined },
    }
  return {
    ...{ sounds: ofMedia, error: media.error, languages: [], language },
    isComplete: !media.hasNextPage,
    more: () => {
      if (media.hasNextPage && !media.isFetchingNextPage) void media.fetchNextPage()
    },
  }
}

type SoundPickerProps = {
  chosen: Sound | undefined
  onChoose: (sound: Sound) => void
  /** Enter on what is chosen. */
  onEnter: () => void
}

const emptyText = (library: Library, search: string): string => {
  if (search !== '') return `Nothing with sound fits “${search}”.`
  return library === 'media'
    ? 'No media with sound yet. Add files on the Media page.'
    : 'No prompt has sound in this language yet.'
}

/** One sound of the library, found by name or words and listened to before anybody else hears it. */
export const SoundPicker = ({ chosen, onChoose, onEnter }: SoundPickerProps) => {
  const [library, setLibrary] = useState<Library>('media')
  const [text, setText] = useState('')
  const [wanted, setWanted] = useState<string>()
  const search = useDebounced(text.trim(), 150)
  const { sounds, error, languages, language, isComplete, more } = useSounds(
    library,
    search,
    wanted,
  )
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
    return player.stop
  }, [])
  const keys = (event: KeyboardEvent) => {
    if (!chosen || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    if (event.key === ' ') listen(chosen)
    else onEnter()
  }
  const list = useRef<HTMLDivElement>(null)
  /** From the search to the list, on its first sound where none is chosen. */
  const goToList = () => {
    const [first] = sounds ?? []
    if (!first) return
    if (!sounds?.some(({ id }) => id === chosen?.id)) onChoose(first)
    list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
  }
  const playError = usePlayer((state) =>
    state.playingId?.startsWith('pick ') ? state.error : null,
  )
  return (
    <div className="sound-picker">
      <div className="sound-picker-bar">
        <SearchField
          label="Search by name or words"
          value={text}
          onChange={setText}
          inputRef={input}
          onDown={goToList}
        />
        <ChoiceGroup
          label="Library"
          options={[
            { value: 'media', label: 'Media' },
            { value: 'prompts', label: 'Prompts' },
          ]}
          value={library}
          onChange={setLibrary}
        />
        {library === 'prompts' && languages.length > 1 ? (
          <Select
            label="Language"
            value={language}
            options={languages.map((value) => ({ value, label: value }))}
            onChange={setWanted}
          />
        ) : null}
      </div>
      <div ref={list} className="sound-picker-list" role="presentation" onKeyDown={keys}>
        {sounds && sounds.length > 0 ? (
          <VirtualTable
            label="Sounds"
            columns={columns}
            rows={sounds}
            rowId={({ id }) => id}
            isComplete={isComplete}
            activeId={chosen?.id}
            onActivate={(id) => {
              const sound = sounds.find((each) => each.id === id)
              if (sound) onChoose(sound)
            }}
            onEnd={more}
          />
        ) : (
          <p className="sound-picker-none muted">
            {error ? error.message : sounds ? emptyText(library, search) : 'Loading…'}
          </p>
        )}
      </div>
      {playError === null ? null : (
        <p role="alert" className="tone-bad">
          {playError}
        </p>
      )}
    </div>
  )
}
