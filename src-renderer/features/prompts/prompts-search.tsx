import { useQueryClient } from '@tanstack/react-query'
import { matchScore } from '../../lib/match.ts'
import { openPage } from '../../lib/route.ts'
import { useSearchProvider } from '../../ui/use-command.ts'
import { loadedMatrix } from './queries.ts'

const mostResults = 12

/** Lets the palette find prompts by id and source text on every page. */
export const PromptsSearch = () => {
  const queryClient = useQueryClient()
  useSearchProvider({
    group: 'Prompts',
    search: (text) =>
      (loadedMatrix(queryClient)?.prompts ?? [])
        .map((row) => ({ row, score: matchScore(`${row.prompt_id} ${row.text}`, text) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, mostResults)
        .map(({ row }) => ({
          id: row.prompt_id,
          title: row.prompt_id,
          detail: row.text,
          run: () => openPage('prompts', { prompt: row.prompt_id }),
        })),
  })
  return null
}
