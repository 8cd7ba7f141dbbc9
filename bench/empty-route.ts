// The reference of the list bench: the least a Fastify server can do.
import { fastify } from 'fastify'

const app = fastify()
app.get('/', () => ({ ok: true }))
process.send?.(await app.listen({ port: 0 }))
process.once('disconnect', () => process.exit(0))
