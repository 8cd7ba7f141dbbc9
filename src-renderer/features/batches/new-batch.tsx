import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { openPage, useRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { changeChoice, everything, useBatches } from './batches-state.ts'
import { ChoiceForm, choiceOf } from './choice-form.tsx'
import { fieldError, refusalText, showsOwnErrors, startBatch } from './queries.ts'
import { isChanged, RecipeChoice, useRecipeDraft } from './recipe-choice.tsx'

/** Files that a link to this page names: a language, an area, or media by their ids. */
const useLinkedChoice = () => {
  const { params } = useRoute()
  const { language, area, media } = params
  useEffect(() => {
    if (language === undefined && area === undefined && media === undefined) return
    changeChoice({
      ...everything,
      language: language ?? '',
      area: area ?? '',
      mediaIds: media?.split(',').filter((id) => id !== ''),
    })
  }, [language, area, media])
}

const useStart = () => {
  const choice = useBatches((state) => state.choice)
  const { draft, recipes } = useRecipeDraft()
  const start = useMutation({
    meta: showsOwnErrors,
    mutationFn: (isDryRun: boolean) => {
      if (!draft) throw new Error('The recipes are still loading.')
      const { id, input } = draft
      const isSaved = id !== undefined && !isChanged(draft, recipes)
      return startBatch({
        library: choice.library,
        choice: choiceOf(choice),
        isDryRun,
        ...(isSaved ? { recipeId: id } : { recipe: input }),
      })
    },
    onSuccess: ({ id }) => openPage('batches', { batch: id }),
  })
  return { start, canStart: draft !== undefined }
}

const choiceError = (error: Error | null): string | undefined =>
  fieldError(error, 'choice') ??
  fieldError(error, 'choice.media_ids') ??
  fieldError(error, 'choice.language')

/** A batch before it begins: which files, which recipe, and first a look at what would happen. */
export const NewBatch = () => {
  useLinkedChoice()
  const { start, canStart } = useStart()
  useCommand({
    id: 'batches.dry-run',
    title: 'Start a dry run',
    group: 'Batches',
    keys: 'mod+enter',
    when: canStart && !start.isPending,
    run: () => start.mutate(true),
  })
  const told = choiceError(start.error)
  return (
    <div className="batches-form">
      <div className="batches-columns">
        <ChoiceForm error={told} />
        <RecipeChoice error={start.error} />
      </div>
      <footer className="batches-footer">
        <Button
          variant="primary"
          keys="mod+enter"
          isDisabled={!canStart}
          isPending={start.isPending && start.variables}
          onPress={() => start.mutate(true)}
        >
          Dry run
        </Button>
        <Button
          isDisabled={!canStart}
          isPending={start.isPending && !start.variables}
          onPress={() => start.mutate(false)}
        >
          Run at once
        </Button>
        <span className="batches-footer-note muted">
          {start.error && told === undefined ? (
            <span role="alert" className="tone-bad">
              {refusalText(start.error)}
            </span>
          ) : (
            'A dry run renders and measures every file, and writes none.'
          )}
        </span>
      </footer>
    </div>
  )
}
