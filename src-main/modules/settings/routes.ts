import * as api from '#contract/studio'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { SettingsModule } from './settings.ts'

export const settingsRoutes = (settings: SettingsModule): Route[] => [
  handle(api.settings, () => json(settings.get())),
  handle(api.changeSettings, async ({ data, requestId }) =>
    json(await settings.change(data, requestId)),
  ),
]
