import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { LibraryItem } from '#contract/studio'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FileDropArea } from '../../ui/file-drop-area.tsx'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import { useDebounced } from '../../ui/use-debounced.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { mediaColumns, narrowMediaColumns } from './media-columns.tsx'
import { MediaPanel } from './media-panel.tsx'
import { MediaToolbar, NoMedia } from './media-toolbar.tsx'
import { useMediaState } from './media-state.ts'
import { itemsOf, libraryQuery } from './queries.ts'
import { UploadList } from './upload-list.tsx'
import { useAddFiles } from './use-add-files.ts'
import { useMediaCommands, useMediaCursor } from './use-media-cursor.ts'
import './media-page.css'

const idOf = ({ id }: LibraryItem) => id

/** Everything callers hear that is no prompt. */
export const MediaPage = () => {
  const search = useDebounced(
    useMediaState((state) => state.search.trim()),
    150,
  )
  const library = useInfiniteQuery(libraryQuery(search))
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = library
  const items = itemsOf(data)
  const cursor = useMediaCursor(items)
  const { active, openId, activate, open } = cursor
  const { add, retry } = useAddFiles()
  useMediaCommands(cursor)
  useCrumbs(data ? [`${items.length}${hasNextPage ? '+' : ''} media`] : [])

  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])

  return (
    <FileDropArea text="Drop audio files to add them" onFiles={add}>
      <div className="media-page">
        <div className="media-main">
          <MediaToolbar add={add} />
          {error && !data ? (
            <EmptyState
              icon="warning"
              title="The media could not be loaded"
              actions={<Button onPress={() => void library.refetch()}>Try again</Button>}
            >
              <p>{error.message}</p>
            </EmptyState>
          ) : null}
          {data && items.length === 0 ? <NoMedia search={search} add={add} /> : null}
          {items.length > 0 ? (
            <VirtualTable
              label="Media"
              focusKey={openId === undefined ? 'list' : 'panel'}
              columns={openId === undefined ? mediaColumns : narrowMediaColumns}
              rows={items}
              rowId={idOf}
              isComplete={!hasNextPage}
              activeId={active?.id}
              onActivate={activate}
              onOpen={open}
              onEnd={loadMore}
            />
          ) : null}
          <UploadList retry={retry} />
        </div>
        {openId === undefined ? null : (
          <MediaPanel
            key={openId}
            id={openId}
            name={active?.name ?? ''}
            close={() => open(undefined)}
          />
        )}
      </div>
    </FileDropArea>
  )
}
