/** Whether listening failed, at any depth of causes, because another program has the port. */
export const isPortTaken = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'EADDRINUSE') || isPortTaken(error.cause))
