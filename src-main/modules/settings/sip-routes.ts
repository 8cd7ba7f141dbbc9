import * as api from '#contract/sip'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { SipSettingsModule } from './sip-settings.ts'

export const sipSettingsRoutes = (settings: SipSettingsModule): Route[] => [
  handle(api.settings, () => json(settings.reply())),
  handle(api.changeSettings, async ({ data, requestId }) =>
    json(await settings.change(data, requestId)),
  ),
]
