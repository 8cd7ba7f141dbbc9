import type { ComponentType } from 'react'
import { BatchesPage } from '../features/batches/batches-page.tsx'
import { ConferencesPage } from '../features/conferences/conferences-page.tsx'
import { EditorPage } from '../features/editor/editor-page.tsx'
import { MediaPage } from '../features/media/media-page.tsx'
import { MediaSearch } from '../features/media/media-search.tsx'
import { PhonesPage } from '../features/phones/phones-page.tsx'
import { PromptsPage } from '../features/prompts/prompts-page.tsx'
import { PromptsSearch } from '../features/prompts/prompts-search.tsx'
import { SettingsPage } from '../features/settings/settings-page.tsx'
import type { IconName } from '../ui/icon.tsx'

export type Destination = {
  id: string
  title: string
  icon: IconName
  keys: string
  page: ComponentType
  /** Mounted on every page: lets the palette find what this one shows. */
  search?: ComponentType
}

/** The rail, the palette and the addresses all follow this list. */
export const destinations: readonly [Destination, ...Destination[]] = [
  {
    id: 'prompts',
    title: 'Prompts',
    icon: 'prompts',
    keys: 'mod+1',
    page: PromptsPage,
    search: PromptsSearch,
  },
  {
    id: 'media',
    title: 'Media',
    icon: 'media',
    keys: 'mod+2',
    page: MediaPage,
    search: MediaSearch,
  },
  { id: 'editor', title: 'Editor', icon: 'editor', keys: 'mod+3', page: EditorPage },
  { id: 'batches', title: 'Batches', icon: 'batches', keys: 'mod+4', page: BatchesPage },
  {
    id: 'conferences',
    title: 'Conferences',
    icon: 'conferences',
    keys: 'mod+6',
    page: ConferencesPage,
  },
  { id: 'phones', title: 'Phones', icon: 'phones', keys: 'mod+8', page: PhonesPage },
  { id: 'settings', title: 'Settings', icon: 'settings', keys: 'mod+,', page: SettingsPage },
]

export const destinationOf = (page: string): Destination =>
  destinations.find(({ id }) => id === page) ?? destinations[0]
