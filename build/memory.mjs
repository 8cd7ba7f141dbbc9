// Remembers for a day what could not be had, so that the next start does not wait for it again.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './run.mjs'

const dayMs = 24 * 60 * 60 * 1000
const file = (name) => join(root, 'node_modules/.cache/patchbay', `no-${name.replaceAll(' ', '-')}`)

export const failedLately = (name) =>
  existsSync(file(name)) && Date.now() - Number(readFileSync(file(name), 'utf8')) < dayMs

export const remember = (name, succeeded) => {
  if (succeeded) return rmSync(file(name), { force: true })
  mkdirSync(dirname(file(name)), { recursive: true })
  writeFileSync(file(name), String(Date.now()))
}
