import { Type } from 'typebox'

/** `system` works on the system library (administrator only), default is the token's account. */
export const Target = Type.Object({
  target: Type.Optional(Type.Enum(['account', 'system'], { default: 'account' })),
})
