import * as api from '#contract/sip'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { SipSettingsModule } from './sip-settings.ts'

/** `settled`: resolves when a change has taken effect. */
export const sipSettingsRoutes = (
  settings: SipSettingsModule,
  settled: () => Promise<void>,
): Route[] => [
  handle(api.settings, () => json(settings.reply())),
  handle(api.changeSettings, async ({ data, requestId }) => {
    const changed = await settings.change(data, requestId)
    await settled()
    return json(changed)
  }),
]
