import { EventEmitter } from 'node:events'

/*
 * Loaded into a utility process before its module: gives it `process.parentPort` and takes away Node's own channel, which
 * Electron's utility processes have not.
 */

const send = process.send?.bind(process)
if (send === undefined) throw new Error('started without a parent')

class ParentPort extends EventEmitter implements Pick<Electron.ParentPort, 'postMessage'> {
  postMessage(message: unknown): void {
    if (process.connected) send?.(message)
  }
}

const parentPort = new ParentPort()
const early: unknown[] = []

process.on('message', (data) => {
  if (parentPort.listenerCount('message') === 0) early.push(data)
  else parentPort.emit('message', { data, ports: [] })
})
parentPort.on('newListener', (name) => {
  if (name !== 'message') return
  queueMicrotask(() => {
    for (const data of early.splice(0)) parentPort.emit('message', { data, ports: [] })
  })
})
// As in Electron, a utility process does not outlive the main process, however that has ended.
process.on('disconnect', () => {
  parentPort.emit('close')
  setTimeout(() => process.exit(1), 10_000).unref()
})

Object.defineProperty(process, 'parentPort', { value: parentPort })
Object.defineProperty(process, 'type', { value: 'utility' })
Object.defineProperty(process, 'send', { value: undefined })
