// Loaded before utilityEntry.ts by its test: gives a forked Node process what Electron gives a utility process.
import { EventEmitter } from 'node:events'

const port = new EventEmitter()
process.on('message', (data) => port.emit('message', { data }))
Reflect.set(
  process,
  'parentPort',
  Object.assign(port, { postMessage: (message: unknown) => void process.send?.(message) }),
)
