import { Type, type Static, type TObject, type TProperties } from 'typebox'

const nothingElse = { additionalProperties: false }

/** An object that refuses other keys: of what is optional, a misspelled one would go unnoticed. */
export const closed = <const P extends TProperties>(properties: P) =>
  Type.Object(properties, nothingElse)

/**
 * Exactly one of several objects, told apart by their `kind`. Unlike a plain union a wrong value is
 * refused by the rules of the kind it names, not by those of every kind.
 */
export const oneKindOf = <const T extends readonly TObject[]>(...kinds: T) =>
  Type.Unsafe<Static<T[number]>>({
    type: 'object',
    required: ['kind'],
    discriminator: { propertyName: 'kind' },
    oneOf: kinds.map((one) => ({ ...one, ...nothingElse })),
  })

/** The name by which an object of a union is told apart. */
export const kind = <const K extends string>(name: K) => ({ kind: Type.Literal(name) })
