import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFolder } from './lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('keeps a folder to one process until it is let go', () => {
  const release = lockFolder(folder)

  expect(() => lockFolder(folder)).toThrow(`the data folder ${folder} is in use by another`)

  release()
  lockFolder(folder)()
})

it('says of a folder that cannot be written what to do', async () => {
  await mkdir(join(folder, 'patchbay.lock'))

  expect(() => lockFolder(folder)).toThrow(
    `the data folder ${folder} cannot be written: allow that, or choose another folder with --data`,
  )
})
