import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { BatchChoice } from '#contract/batches'
import type { Matrix } from '#contract/studio'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { filesText } from './batch-text.ts'
import { changeChoice, useBatches, type ChoiceDraft } from './batches-state.ts'
import { languagesQuery, matrixQuery, useIsAdmin } from './queries.ts'

const libraries = [
  { value: 'account', label: 'This account' },
  { value: 'system', label: 'System library', detail: 'every account hears it' },
] as const

export const choiceOf = (draft: ChoiceDraft): BatchChoice => {
  const { language, area, onlyPrompts, mediaIds } = draft
  if (mediaIds) return { media_ids: [...mediaIds] }
  return {
    ...(language === '' ? {} : { language }),
    ...(area === '' ? {} : { area }),
    ...(onlyPrompts ? { only_prompts: true } : {}),
  }
}

const own: readonly string[] = ['recorded', 'spoken', 'unreadable']

/** Files of this library in a row of the matrix; what is inherited belongs to another. */
const filesOf = ({ prompts }: Matrix, language: string, area: string): number =>
  prompts
    .filter((prompt) => area === '' || prompt.area === area)
    .flatMap(({ cells }) => Object.entries(cells))
    .filter(([tag, { state }]) => (language === '' || tag === language) && own.includes(state))
    .length

const counted = (values: readonly string[]): [string, number][] =>
  [...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length])

/** How many files the form means, as far as it is known before the batch begins. */
const useChosenCount = (draft: ChoiceDraft, matrix: Matrix | undefined): number | undefined => {
  const { language, area, onlyPrompts, mediaIds, library } = draft
  const { data: languages } = useQuery(languagesQuery(library))
  if (mediaIds) return mediaIds.length
  if (onlyPrompts || area !== '') return matrix && filesOf(matrix, language, area)
  if (!languages) return undefined
  const counts = Object.entries(languages).filter(([tag]) => language === '' || tag === language)
  return counts.reduce((sum, [, count]) => sum + count, 0)
}

const all = (label: string) => ({ value: '', label })

/** Which files a batch works on. */
export const ChoiceForm = ({ error }: { error: string | undefined }) => {
  const draft = useBatches((state) => state.choice)
  const isAdmin = useIsAdmin()
  const { library, language, area, onlyPrompts, mediaIds } = draft
  const { data: matrix } = useQuery(matrixQuery(library))
  const { data: languageCounts } = useQuery(languagesQuery(library))
  const count = useChosenCount(draft, matrix)
  const languages = useMemo(() => {
    const tags = new Set([...(matrix?.languages ?? []), ...Object.keys(languageCounts ?? {})])
    tags.delete('missing')
    if (language !== '') tags.add(language)
    return [
      all('All languages'),
      ...[...tags].sort().map((tag) => ({
        value: tag,
        label: tag,
        detail: filesText(languageCounts?.[tag] ?? 0),
      })),
    ]
  }, [matrix, languageCounts, language])
  const areas = useMemo(() => {
    const found = counted((matrix?.prompts ?? []).map((prompt) => prompt.area))
    return [
      all('All areas'),
      ...found
        .sort(([a], [b]) => a.localeCompare(b, 'en'))
        .map(([value, prompts]) => ({
          value,
          label: value,
          detail: `${prompts} ${prompts === 1 ? 'prompt' : 'prompts'}`,
        })),
    ]
  }, [matrix])

  return (
    <section className="batches-column" aria-labelledby="batch-files">
      <h2 id="batch-files">Files</h2>
      {isAdmin ? (
        <Select
          label="Library"
          value={library}
          options={libraries}
          onChange={(chosen) => changeChoice({ library: chosen })}
        />
      ) : null}
      {mediaIds ? (
        <div className="batches-column">
          <p>{filesText(mediaIds.length)} chosen one by one</p>
          <Button onPress={() => changeChoice({ mediaIds: undefined })}>
            Choose by language instead
          </Button>
        </div>
      ) : (
        <>
          <Select
            label="Language"
            value={language}
            options={languages}
            onChange={(chosen) => changeChoice({ language: chosen })}
          />
          <Select
            label="Area"
            value={area}
            options={areas}
            onChange={(chosen) => changeChoice({ area: chosen })}
          />
          <Switch
            isSelected={onlyPrompts || area !== ''}
            isDisabled={area !== ''}
            onChange={(isSelected) => changeChoice({ onlyPrompts: isSelected })}
            help="Off: hold music and announcements in that language are changed as well."
          >
            Prompts only
          </Switch>
        </>
      )}
      <p className="batches-count" role="status">
        {count === undefined ? 'Counting…' : filesText(count)}
      </p>
      {error ? (
        <p role="alert" className="tone-bad">
          {error}
        </p>
      ) : null}
    </section>
  )
}
