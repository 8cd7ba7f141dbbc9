import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../engine/engine.ts'
import { setStage, tonesOf } from '../../../engine/test/contract-stage.ts'
import { silentLog } from '../../../platform/log.ts'
import { createNames } from './names.ts'

const stage = setStage((scope) => createEngine({ scope, log: silentLog }))

const createBooth = () => {
  const { engine, scope, folder } = stage()
  const names = createNames({ engine, folder: join(folder, 'names') })
  scope.add(engine.on(names.heard))
  return { names, namesDir: join(folder, 'names'), caller: scope.child('caller') }
}

/** What a file of raw samples at 8 kHz holds. */
const heardIn = (path: string) => {
  const raw = readFileSync(path)
  const samples = Array.from({ length: raw.length / 2 }, (_, i) => raw.readInt16LE(2 * i))
  return { samples, rate: 8000 as const }
}

describe('a name', () => {
  it.each(['PCMU', 'L16'] as const)(
    'said over %s is raw samples at 8 kHz of what was said',
    async (codec) => {
      const { names, caller } = createBooth()
      const { legId } = await stage().call({ say: 700, codec })
      const { done } = names.record({ scope: caller, legId, maximumMs: 1000 })
      const { path, ms } = await done
      const heard = heardIn(path)
      expect(tonesOf(heard)).toEqual([700])
      expect(heard.samples.length).toBe((ms / 1000) * 8000)
      expect(ms).toBe(1000)
    },
  )

  it('ends when it is told to, and goes with its caller unless somebody took it', async () => {
    const { names, namesDir, caller } = createBooth()
    const phone = await stage().call({ say: 400 })
    const { done, stop } = names.record({ scope: caller, legId: phone.legId, maximumMs: 5000 })
    await phone.listen(400)
    stop()
    const { path, ms } = await done
    expect(ms).toBeLessThan(5000)
    expect(existsSync(path)).toBe(true)
    await caller.dispose()
    expect(readdirSync(namesDir)).toEqual([])
  })

  it('stays when somebody took it', async () => {
    const { names, namesDir, caller } = createBooth()
    const { legId } = await stage().call({ say: 400 })
    const { handOver } = await names.record({ scope: caller, legId, maximumMs: 200 }).done
    handOver()
    await caller.dispose()
    expect(readdirSync(namesDir)).toHaveLength(1)
  })

  it('leaves nothing when its caller hangs up while it is said', async () => {
    const { names, namesDir, caller } = createBooth()
    const phone = await stage().call({ say: 400 })
    const { done } = names.record({ scope: caller, legId: phone.legId, maximumMs: 5000 })
    const outcome = done.then(
      () => 'done',
      () => 'abandoned',
    )
    await phone.listen(200)
    await caller.dispose()
    expect(readdirSync(namesDir)).toEqual([])
    await outcome
    await phone.listen(100)
    expect(readdirSync(namesDir)).toEqual([])
  })

  it('cannot be recorded of a leg that is none', async () => {
    const { names, caller } = createBooth()
    const { done } = names.record({ scope: caller, legId: 'nobody', maximumMs: 1000 })
    await expect(done).rejects.toThrow()
  })

  it('of an earlier run is removed before the first of this one', async () => {
    const { names, namesDir, caller } = createBooth()
    await mkdir(namesDir)
    await writeFile(join(namesDir, 'old.raw'), '')
    const { legId } = await stage().call({ say: 400 })
    await names.record({ scope: caller, legId, maximumMs: 100 }).done
    expect(readdirSync(namesDir)).toHaveLength(1)
    expect(readdirSync(namesDir)).not.toContain('old.raw')
  })
})
