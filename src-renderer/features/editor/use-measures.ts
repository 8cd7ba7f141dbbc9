import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { EditList } from '#contract/edit-list'
import type { TargetProfile } from '#contract/measures'
import type { MeasureReport } from '#contract/measuring'
import { framesOf } from '#sound/edit-list/edit-list'
import { isSelected } from '../../audio/edit-view/edit-view-state.ts'
import { useDebounced } from '../../ui/use-debounced.ts'
import { durationOf } from './editor-actions.ts'
import { useEditList, useEditorState, useSelection } from './editor-context.ts'
import { transport } from './editor-session.ts'
import { useEditorSettings } from './editor-settings.ts'
import { measureQuery, mediaQuery, targetsQuery } from './queries.ts'

/** Longer files are measured when somebody asks for it. */
const mostSecondsAtOnce = 600
const restMs = 350

const numbers = new WeakMap<EditList, number>()
let lastNumber = 0

/** Lists never change: each has a number by which its measures are known. */
const numberOf = (list: EditList): number => {
  const known = numbers.get(list) ?? ++lastNumber
  numbers.set(list, known)
  return known
}

type Reading = {
  report: MeasureReport | undefined
  isMeasuring: boolean
  /** What is shown belongs to an older state of the sound. */
  isOld: boolean
  /** Set where it takes so long that it waits for somebody to ask. */
  start: (() => void) | undefined
  cancel: () => void
  error: string | undefined
}

export type MeasuresView = {
  file: Reading
  selection: Reading
  /** Length of the file. */
  seconds: number
}

type Part = { list: EditList; from: number; to: number }

const useReading = (part: Part, isWanted: boolean): Reading => {
  const { target, language } = usePack()
  const profile = useTarget()?.id
  const rested = useDebounced(part, restMs)
  const isRested = rested.list === part.list && rested.from === part.from && rested.to === part.to
  const { list, from, to } = rested
  const isLong = (to - from) / list.sample_rate_hz > mostSecondsAtOnce
  const key = `${numberOf(list)} ${from} ${to}`
  const [asked, setAsked] = useState<string>()
  const isEnabled = isWanted && to > from && (!isLong || asked === key)
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    ...measureQuery(key, { list, from, to, profile, target, language }),
    enabled: isEnabled,
    placeholderData: keepPreviousData,
  })
  return {
    report: isWanted && to > from ? data : undefined,
    isMeasuring: isFetching,
    isOld: isPlaceholderData || !isRested,
    start: isLong && !isEnabled ? () => setAsked(key) : undefined,
    cancel: () => setAsked(undefined),
    error: error?.message,
  }
}

/** Whose prompts the file should sound like. */
export const usePack = () => {
  const mediaId = useEditorState(({ draft }) => draft.media_id)
  const target = useEditorState(({ draft }) => draft.target)
  const { data: document } = useQuery({
    ...mediaQuery(mediaId ?? '', target),
    enabled: mediaId !== undefined,
  })
  return { target, language: document?.language, document }
}

export const useTargets = () => {
  const { target, language } = usePack()
  const { data = [] } = useQuery(targetsQuery(target, language))
  return data
}

/** The chosen target; another one where that is not to be had, such as a pack without prompts. */
export const useTarget = (): TargetProfile | undefined => {
  const chosen = useEditorSettings((state) => state.profile)
  const targets = useTargets()
  return targets.find(({ id }) => id === chosen) ?? targets[0]
}

/** Measures of the whole file and of the selection, kept in step with the edits. */
export const useMeasures = (): MeasuresView => {
  const list = useEditList()
  const selection = useSelection()
  const file = useReading({ list, from: 0, to: framesOf(list) }, true)
  const part = useReading({ list, ...selection }, isSelected(selection))
  return { file, selection: part, seconds: durationOf(list) }
}

/** Makes what the caller hears as loud as the file, by what both measure. */
export const useLevelMatch = (report: MeasureReport | undefined): void => {
  const level = report?.measures.active_level_dbov ?? undefined
  const caller = report?.measures.caller_level_dbov ?? undefined
  const difference = level === undefined || caller === undefined ? undefined : level - caller
  useEffect(() => transport.setLevelDifference(difference), [difference])
}
