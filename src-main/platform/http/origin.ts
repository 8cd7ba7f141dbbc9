/**
 * Guards against other sites reaching a loopback server: a browser sends the name it was told in
 * Host (DNS rebinding), and its page's origin in Origin (CORS).
 */
export type OriginPolicy = {
  isHostAllowed: (host: string | undefined) => boolean
  isOriginAllowed: (origin: string, host: string | undefined) => boolean
}

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])

const hostname = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()

/** `bind` is the address listened on; anything but loopback was chosen by the person who starts it. */
export const createOriginPolicy = (options: {
  bind: string
  allowedOrigins: () => readonly string[]
}): OriginPolicy => {
  const allowedHosts = () =>
    options.allowedOrigins().map((origin) => hostname(origin.replace(/^https?:\/\//, '')))
  const isLoopback = loopbackNames.has(options.bind) || options.bind === '::1'

  const isHostAllowed = (host: string | undefined): boolean => {
    if (host === undefined) return false
    const name = hostname(host)
    if (loopbackNames.has(name) || allowedHosts().includes(name)) return true
    // Bound to a network address, people reach it by that address, never by a name we were not told.
    return !isLoopback && (name === options.bind || /^[\d.]+$|^\[[0-9a-f:]+\]$/.test(name))
  }

  return {
    isHostAllowed,
    isOriginAllowed: (origin, host) =>
      (isHostAllowed(host) && origin === `http://${host ?? ''}`) ||
      options.allowedOrigins().includes(origin),
  }
}
