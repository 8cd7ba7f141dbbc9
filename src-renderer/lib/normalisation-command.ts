import type { Settings } from '#contract/studio'

type CommandSettings = Pick<
  Settings,
  | 'normalize_executable'
  | 'normalize_source_args'
  | 'normalize_destination_args'
  | 'normalization_format'
>

/** The command line every uploaded file goes through; `input` is the format of the upload. */
export const normalisationCommand = (settings: CommandSettings, input: string): string =>
  [
    settings.normalize_executable,
    `-t ${input}`,
    settings.normalize_source_args,
    '-',
    settings.normalize_destination_args,
    `-t ${settings.normalization_format}`,
    '-',
  ]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ')
