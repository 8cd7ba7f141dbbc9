// Sets up what a command needs and says what it installs and why. Nothing is done, and nothing is
// said, when everything is there, so a second start is quick and needs no network.
import { failedLately, remember } from './memory.mjs'
import { plan } from './plan.mjs'
import { look, present } from './probe.mjs'
import { run, say, systemPath } from './run.mjs'

/** What the product uses, and what its tests use beside that. */
export const productTools = ['sox', 'espeak-ng']
export const testTools = [...productTools, 'chromium']

/** Other people's phones, which tests call with where they can be had. */
export const peerTools = ['baresip', 'sipp']

const environment = (command) => (command === 'npm' ? { PATH: systemPath() } : {})

const carryOut = async (step) => {
  say(`installing ${step.name}: ${step.why}`)
  for (const commands of step.attempts) {
    const ran = commands.every((command) => run(command, { env: environment(command[0]) }))
    if (ran && (await present(step.name))) return true
  }
  return false
}

/**
 * Installs what is missing. `strict` tries everything and ends the process when anything could not be
 * installed; otherwise it goes on without what the product can do without.
 */
export const bootstrap = async ({ tools, strict = false }) => {
  let complete = true
  for (const step of plan(await look(tools), tools)) {
    // An earlier step may have brought it: npm packages bring Node 24.
    if (await present(step.name)) continue
    const optional = !strict && step.without
    if (step.attempts.length > 0 && !(optional && failedLately(step.name))) {
      const installed = await carryOut(step)
      if (optional) remember(step.name, installed)
      if (installed) continue
    }
    complete = false
    const loss = step.without ? ` Until then ${step.without}.` : ''
    say(`${step.name} is missing. Run: ${step.command}.${loss}`)
    if (!step.without) process.exit(1)
  }
  if (strict && !complete) process.exit(1)
}
