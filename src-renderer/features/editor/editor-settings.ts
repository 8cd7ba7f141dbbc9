import { create } from 'zustand'
import type { Follow, Units } from '../../audio/edit-view/types.ts'
import { curves, type Curve } from '#contract/edit-list'
import type { TargetProfile } from '#contract/measures'
import type { Law } from '#sound/telephone/caller-path'

/** How somebody likes to work in the editor; kept in the browser from one file to the next. */
export type EditorSettings = {
  units: Units
  /** Edges of the selection settle at zero crossings. */
  snap: boolean
  follow: Follow
  isLooping: boolean
  mode: 'wave' | 'both'
  spectrogram: 'narrow' | 'full'
  profile: TargetProfile['id']
  law: Law
  /** Of fades. */
  curve: Curve
}

const storageKey = 'patchbay.editor'

const choices: { [K in keyof EditorSettings]: readonly EditorSettings[K][] } = {
  units: ['clock', 'seconds', 'samples'],
  snap: [false, true],
  follow: ['page', 'smooth', 'off'],
  isLooping: [false, true],
  mode: ['both', 'wave'],
  spectrogram: ['narrow', 'full'],
  profile: ['pack', 'rfc7874', 'itu', 'web'],
  law: ['ulaw', 'alaw'],
  curve: curves,
}

const standard: EditorSettings = {
  units: 'clock',
  snap: false,
  follow: 'page',
  isLooping: false,
  mode: 'both',
  spectrogram: 'narrow',
  profile: 'pack',
  law: 'ulaw',
  curve: 'linear',
}

/** Takes what it knows from stored text and leaves the rest as usual. */
const parseEditorSettings = (text: string | null): EditorSettings => {
  try {
    const stored: unknown = JSON.parse(text ?? '{}')
    if (typeof stored !== 'object' || stored === null) return standard
    const known = Object.entries(stored).filter(
      ([name, value]) =>
        name in choices && (choices[name as keyof EditorSettings] as unknown[]).includes(value),
    )
    return { ...standard, ...Object.fromEntries(known) }
  } catch {
    return standard
  }
}

const storage = 'localStorage' in globalThis ? globalThis.localStorage : undefined

export const useEditorSettings = create<EditorSettings>(() =>
  parseEditorSettings(storage?.getItem(storageKey) ?? null),
)

export const changeEditorSettings = (change: Partial<EditorSettings>): void => {
  useEditorSettings.setState(change)
  storage?.setItem(storageKey, JSON.stringify(useEditorSettings.getState()))
}
