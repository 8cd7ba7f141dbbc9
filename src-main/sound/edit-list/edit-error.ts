/**
 * Something an edit list cannot be or cannot become; the list stays as it is. `path` is the dotted
 * property of the operation or list, `rule` and `facts` make a validation violation of it:
 * `{[path]: {[rule]: {message, ...facts}}}`.
 */
export class EditError extends Error {
  readonly path: string
  readonly rule: string
  readonly facts: Readonly<Record<string, unknown>>

  constructor(
    path: string,
    rule: string,
    { message, ...facts }: { message: string } & Record<string, unknown>,
  ) {
    super(message)
    this.name = 'EditError'
    this.path = path
    this.rule = rule
    this.facts = facts
  }
}
