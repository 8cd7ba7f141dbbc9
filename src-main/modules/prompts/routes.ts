import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as api from '#contract/studio'
import type { Settings } from '#contract/studio'
import { AppError, invalid } from '../../platform/errors.ts'
import { handle, json, type Call, type Route } from '../../platform/http/route.ts'
import { spool, ZipError } from '../../platform/zip.ts'
import { checkLanguage, checkPromptId } from '../media/media.ts'
import { checkPackPath } from './pack-source.ts'
import type { ImportRequest, Prompts } from './prompts.ts'
import { canName } from './script-file.ts'

const promptId = ({ params }: Pick<Call, 'params'>): string => params.prompt_id ?? ''

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const tag = (language: string): string => {
  checkLanguage(language)
  return language.toLowerCase()
}

/** A prompt id that can stand in a script file, and be a file name beside it. */
const scriptedPrompt = (call: Pick<Call, 'params'>): string => {
  const id = promptId(call)
  checkPromptId(id)
  if (canName(id)) return id
  const message = 'A prompt with a script does not begin with # or ; and has no blanks at its ends'
  throw invalid({ prompt_id: { pattern: { message, value: id } } })
}

type PackOf = Pick<ImportRequest, 'pack' | 'label' | 'cleanUp'>

export const promptRoutes = (
  prompts: Prompts,
  { settings, incomingDir }: { settings: () => Settings; incomingDir: string },
): Route[] => {
  const uploaded = async (stream: NonNullable<Call['stream']>): Promise<PackOf> => {
    const path = join(incomingDir, `${randomUUID()}.zip`)
    try {
      await spool(stream, path, settings().max_pack_size)
    } catch (error) {
      await rm(path, { force: true })
      if (!(error instanceof ZipError)) throw error
      const target = settings().max_pack_size
      throw invalid({ file: { maxSize: { message: error.message, target } } }, 'too_large')
    }
    return {
      pack: { path, kind: 'zip' },
      label: 'uploaded pack',
      cleanUp: () => rm(path, { force: true }),
    }
  }

  const local = async (call: Pick<Call, 'option' | 'principal'>): Promise<PackOf> => {
    const path = text(call.option('path'))
    if (path === undefined) {
      throw invalid({
        path: { required: { message: 'Field is required but missing', value: 'path' } },
      })
    }
    if (!call.principal.isAdmin) {
      throw new AppError('forbidden', {
        message: 'only the administrator may import from a folder of this machine',
      })
    }
    return { pack: { path, kind: await checkPackPath(path) }, label: basename(path) }
  }

  return [
    handle(api.matrix, ({ accountId }) => json(prompts.matrix(accountId))),
    handle(api.promptRow, (call) => json(prompts.row(call.accountId, promptId(call)))),
    handle(api.scripts, (call) => json(prompts.scripts(call.accountId, promptId(call)))),
    handle(api.writeScript, async (call) => {
      const script = {
        prompt_id: scriptedPrompt(call),
        language: tag(call.params.language ?? ''),
        text: call.data.text,
      }
      return json(await prompts.writeScript(call.accountId, script, call.requestId))
    }),
    handle(api.packImport, async (call) => {
      const source = call.stream ? await uploaded(call.stream) : await local(call)
      const language = text(call.option('language'))
      const job = prompts.startImport({
        ...source,
        accountId: call.accountId,
        requestedBy: call.principal.accountId,
        language: language === undefined ? undefined : tag(language),
        isDryRun: call.query.dry_run === true,
        origin: call.requestId,
      })
      return json({ job_id: job.id })
    }),
    handle(api.packExport, ({ accountId, query }) => ({
      kind: 'binary',
      contentType: 'application/zip',
      filename: 'prompts.zip',
      body: prompts.exportPack(
        accountId,
        query.languages?.split(',').map((language) => tag(language.trim())),
      ),
    })),
  ]
}
