import type { EditList } from '#contract/edit-list'
import * as api from '#contract/measuring'
import type { MeasureReport } from '#contract/measuring'
import type { Measures, TargetProfile } from '#contract/measures'
import { verdict } from '#sound/levels/verdict'
import { AppError } from '../../platform/errors.ts'
import { handle, json, type Route } from '../../platform/http/route.ts'
import { mediaIdFromPath, type Media } from '../media/media.ts'
import type { Measuring } from './measuring.ts'

export type MeasuringRouteDeps = {
  measuring: Measuring
  media: Media
  /** Throws violations for a list that is not whole, and for sources the account does not have. */
  checkSources: (accountId: string, list: EditList) => void | Promise<void>
}

type Judged = { accountId: string; profile: TargetProfile['id'] | undefined; language?: string }

export const measuringRoutes = (deps: MeasuringRouteDeps): Route[] => {
  const { measuring, media, checkSources } = deps

  const report = async (measures: Measures, judged: Judged): Promise<MeasureReport> => {
    const { accountId, profile, language } = judged
    if (profile === undefined) return { measures }
    const target = await measuring.target(accountId, profile, language)
    return { measures, verdict: verdict(measures, target) }
  }

  return [
    handle(api.targets, async ({ accountId, query }) =>
      json(await measuring.targets(accountId, query.language)),
    ),
    handle(api.measureList, async ({ accountId, principal, data, signal }) => {
      const { list, from, to, profile, language } = data
      await checkSources(principal.accountId, list)
      const measures = await measuring.measure(list, { from, to }, signal)
      return json(await report(measures, { accountId, profile, ...(language && { language }) }))
    }),
    handle(api.measureMedia, async ({ accountId, params, query, signal }) => {
      const id = mediaIdFromPath(params.media_id ?? '')
      const { document } = media.get(accountId, id)
      const file = media.file(accountId, id)
      if (!file) throw new AppError('no_attachment', { data: [id] })
      const measures = await measuring.measureFile(file, signal)
      const { language } = document
      return json(
        await report(measures, {
          accountId,
          profile: query.profile,
          ...(language && { language }),
        }),
      )
    }),
  ]
}
