import { useQueryClient } from '@tanstack/react-query'
import { matchScore } from '../../lib/match.ts'
import { openPage } from '../../lib/route.ts'
import { useSearchProvider } from '../../ui/use-command.ts'
import { loadedItems } from './queries.ts'
import { sourceText } from './sound-text.ts'

/** Lets the palette find media on every page, among what has been loaded. */
export const MediaSearch = () => {
  const queryClient = useQueryClient()
  useSearchProvider({
    group: 'Media',
    search: (text) =>
      loadedItems(queryClient)
        .map((item) => ({
          item,
          score: matchScore(`${item.name} ${item.description ?? ''}`, text),
        }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .map(({ item }) => ({
          id: item.id,
          title: item.name,
          detail: sourceText(item.media_source),
          run: () => openPage('media', { item: item.id }),
        })),
  })
  return null
}
