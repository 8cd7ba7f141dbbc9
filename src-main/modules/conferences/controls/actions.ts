import type { ControlSettings } from './controls.ts'

/** FreeSWITCH's steps and limits of the energy level (mod_conference). */
const energyStep = 200
const highestEnergy = 1800
/** Four steps of volume in either direction, as FreeSWITCH has them: 3 dB each. */
const volumeStepDb = 3
const highestVolumeDb = 12

type Act = (now: ControlSettings, normalEnergyLevel: number) => Partial<ControlSettings>

const within = (value: number, lowest: number, highest: number): number =>
  Math.min(highest, Math.max(lowest, value))

const louder = (db: number, steps: number): number =>
  within(db + steps * volumeStepDb, -highestVolumeDb, highestVolumeDb)

const energy = (level: number, steps: number): number =>
  within(level + steps * energyStep, 0, highestEnergy)

// Who may speak again also hears again: nobody talks into a room without hearing it.
const unmute = { speak: true, hear: true }

/** What each control of FreeSWITCH's mod_conference does to a participant; video, floor and dialplan ones are missing. */
const acts = {
  mute: ({ speak }) => (speak ? { speak: false } : unmute),
  'mute on': () => ({ speak: false }),
  'mute off': () => unmute,
  deaf: ({ hear }) => ({ hear: !hear }),
  'deaf on': () => ({ hear: false }),
  'deaf off': () => ({ hear: true }),
  'deaf mute': ({ speak }) => (speak ? { speak: false, hear: false } : unmute),
  'energy up': ({ energyLevel }) => ({ energyLevel: energy(energyLevel, 1) }),
  'energy equ': (_now, normalEnergyLevel) => ({ energyLevel: normalEnergyLevel }),
  'energy dn': ({ energyLevel }) => ({ energyLevel: energy(energyLevel, -1) }),
  'vol talk up': ({ gainInDb }) => ({ gainInDb: louder(gainInDb, 1) }),
  'vol talk zero': () => ({ gainInDb: 0 }),
  'vol talk dn': ({ gainInDb }) => ({ gainInDb: louder(gainInDb, -1) }),
  'vol listen up': ({ gainOutDb }) => ({ gainOutDb: louder(gainOutDb, 1) }),
  'vol listen zero': () => ({ gainOutDb: 0 }),
  'vol listen dn': ({ gainOutDb }) => ({ gainOutDb: louder(gainOutDb, -1) }),
  lock: ({ isLocked }) => ({ isLocked: !isLocked }),
} as const satisfies Record<string, Act>

/** A control that changes something; `hangup` is the one that ends everything. */
export type ControlAction = keyof typeof acts | 'hangup'

export const isControlAction = (name: string): name is ControlAction =>
  name === 'hangup' || Object.hasOwn(acts, name)

/** What a control changes, given what is now: only what becomes different. */
export const changeOf = (
  action: Exclude<ControlAction, 'hangup'>,
  now: ControlSettings,
  normalEnergyLevel: number,
): Partial<ControlSettings> => {
  const act: Act = acts[action]
  const changed = Object.entries(act(now, normalEnergyLevel)).filter(
    ([key, value]) => now[key as keyof ControlSettings] !== value,
  )
  return Object.fromEntries(changed)
}
