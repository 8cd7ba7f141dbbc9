import { useEffect, useEffectEvent, useRef } from 'react'
import type { Matrix } from '#contract/studio'
import { replaceParams, useRoute } from '../../lib/route.ts'
import { promptKey } from './matrix-model.ts'
import type { Place } from './media-id.ts'
import { clearFilters, hideLanguages, setCursor, usePrompts } from './prompts-state.ts'

/** Puts the cursor on a place, taking away whatever hides it. */
export const goToPlace = (matrix: Matrix, { promptId, language }: Place): void => {
  const row = matrix.prompts.find(({ prompt_id }) => prompt_id === promptId)
  if (!row) return
  const { collapsedAreas, hiddenLanguages } = usePrompts.getState()
  clearFilters()
  usePrompts.setState({ collapsedAreas: collapsedAreas.filter((area) => area !== row.area) })
  if (hiddenLanguages.includes(language)) {
    hideLanguages(hiddenLanguages.filter((hidden) => hidden !== language))
  }
  setCursor({ key: promptKey(promptId), language, item: 0 })
}

const addressOf = (prompt: string | undefined, language: string | undefined): string =>
  `${prompt ?? ''} ${language ?? ''}`

/** The address names the selected cell: a link, the palette and a reload lead back to it. */
export const usePlaceInAddress = (matrix: Matrix, place: Place | undefined): void => {
  const { params } = useRoute()
  const address = addressOf(params.prompt, params.language)
  const selected = place && addressOf(place.promptId, place.language)
  // An address that is not the last one known came from outside and is followed; else it follows.
  const known = useRef('')

  const reconcile = useEffectEvent(() => {
    const { prompt, language = matrix.source_language } = params
    const isNews = address !== known.current
    known.current = address
    if (isNews && prompt !== undefined && address !== selected) {
      goToPlace(matrix, { promptId: prompt, language })
    } else if (place && address !== selected) {
      known.current = addressOf(place.promptId, place.language)
      replaceParams({ prompt: place.promptId, language: place.language })
    }
  })
  useEffect(() => reconcile(), [address, selected])
}
