import type { Tool } from '#contract/studio'
import { ToolError } from '../../platform/errors.ts'
import type { Processes } from '../../platform/process/process.ts'
import { probeSox } from '../../platform/process/sox.ts'

const installHints: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Install it with: brew install sox',
  win32: 'Install it with: winget install ChrisBagwell.SoX',
}
const linuxHint = 'Install it with: sudo apt install sox libsox-fmt-mp3 (or: sudo dnf install sox)'

/** Formats files can be normalised to, and so have to be written. */
const targets = ['mp3', 'wav', 'ogg', 'flac']

/** What is known of sox, for the status page. */
export const describeSox = async (processes: Processes, command: string): Promise<Tool> => {
  const hint = installHints[process.platform] ?? linuxHint
  try {
    const facts = await probeSox(processes, command, targets)
    const unwritable = targets.filter((format) => !facts.formats.includes(format))
    if (unwritable.length === 0) return { name: 'sox', found: true, ...facts }
    const lack = `This sox cannot write ${unwritable.join(', ')}. ${hint}`
    return { name: 'sox', found: true, ...facts, hint: lack }
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    return { name: 'sox', found: false, hint: `${error.message}. ${hint}` }
  }
}
