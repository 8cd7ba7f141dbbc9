import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import { EmptyLibrary } from './empty-library.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { NewPromptDialog } from './new-prompt-dialog.tsx'
import { PackDrop } from './pack-drop.tsx'
import { openDialog, usePrompts } from './prompts-state.ts'
import { PromptsWorkspace } from './prompts-workspace.tsx'
import { followMatrix, matrixQuery } from './queries.ts'
import { usePackCommands } from './use-prompt-commands.ts'
import './prompts-page.css'

const countText = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** The prompt library: the matrix and what brings packs in and out of it. */
export const PromptsPage = () => {
  const queryClient = useQueryClient()
  useEffect(() => followMatrix(queryClient), [queryClient])
  const { data: matrix, error, refetch, isFetching } = useQuery(matrixQuery)
  const dialog = usePrompts((prompts) => prompts.dialog)
  const cursor = usePrompts((prompts) => prompts.cursor)
  useCrumbs(
    matrix && matrix.prompts.length > 0
      ? [
          countText(matrix.prompts.length, 'prompt', 'prompts'),
          countText(matrix.languages.length, 'language', 'languages'),
        ]
      : [],
  )

  usePackCommands((matrix?.prompts.length ?? 0) > 0)

  return (
    <div className="prompts-page">
      {matrix ? (
        matrix.prompts.length === 0 ? (
          <EmptyLibrary />
        ) : (
          <PromptsWorkspace matrix={matrix} />
        )
      ) : error ? (
        <EmptyState
          icon="error"
          title="The prompts could not be loaded"
          actions={
            <Button isDisabled={isFetching} onPress={() => void refetch()}>
              Try again
            </Button>
          }
        >
          {error.message}
        </EmptyState>
      ) : (
        <div className="prompts-loading" role="status" aria-label="The prompts are loading" />
      )}
      <PackDrop />
      {dialog === 'import' ? <ImportDialog onClose={() => openDialog(null)} /> : null}
      {dialog === 'new' && matrix ? (
        <NewPromptDialog
          matrix={matrix}
          language={cursor?.language ?? matrix.source_language}
          onClose={() => openDialog(null)}
        />
      ) : null}
      {dialog === 'export' && matrix ? (
        <ExportDialog matrix={matrix} onClose={() => openDialog(null)} />
      ) : null}
    </div>
  )
}
