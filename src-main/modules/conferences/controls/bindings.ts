import { isControlAction, type ControlAction } from './actions.ts'

/** Which digits do what: a digit, or a sequence of digits. */
export type Bindings = ReadonlyMap<string, ControlAction>

/** Of a conference document: which groups are named, and the groups it brings along. */
export type ControlsDocument = {
  readonly caller_controls?: string
  readonly moderator_controls?: string
  /** `{ GROUP: [{ action, digits }] }` with FreeSWITCH's names of actions. */
  readonly controls?: unknown
  readonly profile?: {
    readonly 'caller-controls'?: string
    readonly 'moderator-controls'?: string
  }
}

/**
 * KAZOO's default, which is what the prompts tell callers ("dial star one to un-mute"), and the other digits of
 * FreeSWITCH's own `default`. Its `*` is missing: whoever hesitates before the 1 would hear nothing more.
 */
const defaultGroup: Bindings = new Map([
  ['*1', 'mute'],
  ['*2', 'mute on'],
  ['*3', 'mute off'],
  ['*4', 'deaf'],
  ['*5', 'deaf on'],
  ['*6', 'deaf off'],
  ['0', 'mute'],
  ['9', 'energy up'],
  ['8', 'energy equ'],
  ['7', 'energy dn'],
  ['3', 'vol talk up'],
  ['2', 'vol talk zero'],
  ['1', 'vol talk dn'],
  ['6', 'vol listen up'],
  ['5', 'vol listen zero'],
  ['4', 'vol listen dn'],
  ['#', 'hangup'],
])

const builtIn: Readonly<Record<string, Bindings>> = { default: defaultGroup, none: new Map() }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A group out of a document; what it says that cannot be done is listed in words. */
const readGroup = (name: string, group: readonly unknown[]): Controls => {
  const bindings = new Map<string, ControlAction>()
  const problems: string[] = []
  for (const control of group) {
    const { action, digits } = isRecord(control) ? control : {}
    if (typeof action !== 'string' || !isControlAction(action)) {
      problems.push(`Controls "${name}": there is no action ${JSON.stringify(action)}`)
    } else if (typeof digits !== 'string' || !/^[0-9*#A-D]{1,16}$/i.test(digits)) {
      problems.push(`Controls "${name}": "${action}" has no digits that can be dialled`)
    } else bindings.set(digits.toUpperCase(), action)
  }
  return { bindings, problems }
}

export type Controls = { readonly bindings: Bindings; readonly problems: readonly string[] }

/**
 * The controls of a participant. The document's name counts before its profile's; moderators have those of callers unless
 * they have their own. The document's own groups count before the built-in `default` and `none`; a name that
 * stands for nothing means `default`.
 */
export const controlsOf = (document: ControlsDocument, isModerator: boolean): Controls => {
  const { profile, controls } = document
  const callers = document.caller_controls ?? profile?.['caller-controls']
  const moderators = document.moderator_controls ?? profile?.['moderator-controls']
  const name = (isModerator ? moderators : undefined) ?? callers ?? 'default'

  const own = isRecord(controls) && Object.hasOwn(controls, name) ? controls[name] : undefined
  if (Array.isArray(own)) return readGroup(name, own)
  const known = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined
  if (known) return { bindings: known, problems: [] }
  return { bindings: defaultGroup, problems: [`There are no controls named "${name}"`] }
}
