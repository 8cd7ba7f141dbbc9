import { useRef } from 'react'
import { FileTrigger } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { useMediaState } from './media-state.ts'

type AddFiles = { add: (files: readonly File[]) => void }

const AddButton = ({ add }: AddFiles) => (
  <FileTrigger
    allowsMultiple
    acceptedFileTypes={['audio/*', 'video/*']}
    onSelect={(files) => add([...(files ?? [])])}
  >
    <Button variant="primary">
      <Icon name="add" />
      Add files…
    </Button>
  </FileTrigger>
)

export const MediaToolbar = ({ add }: AddFiles) => {
  const search = useMediaState((state) => state.search)
  const input = useRef<HTMLInputElement>(null)
  useCommand({
    id: 'media.search',
    title: 'Search media',
    group: 'Media',
    keys: '/',
    run: () => input.current?.focus(),
  })
  return (
    <div className="media-bar">
      <SearchField
        label="Search media"
        command="media.search"
        value={search}
        onChange={(text) => useMediaState.setState({ search: text })}
        inputRef={input}
      />
      <AddButton add={add} />
    </div>
  )
}

/** What stands where no rows are. */
export const NoMedia = ({ search, add }: AddFiles & { search: string }) =>
  search === '' ? (
    <EmptyState icon="media" title="No media yet" actions={<AddButton add={add} />}>
      <p>
        Hold music, announcements and greetings live here: everything callers hear that is no
        prompt. Drop audio files anywhere on this page, or choose them.
      </p>
      <p>Each file is listed under its own name. wav, mp3 and ogg play everywhere.</p>
    </EmptyState>
  ) : (
    <EmptyState
      icon="search"
      title={`Nothing fits “${search}”`}
      actions={
        <Button onPress={() => useMediaState.setState({ search: '' })}>Show all media</Button>
      }
    />
  )
