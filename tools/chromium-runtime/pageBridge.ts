import { decodeValue, encodeValue } from './structuredCodec.ts'

/*
 * How the preload is run in a page. Two scripts run before any script of the page, in every new document:
 *
 * - in an isolated world, `connectWorlds` holds the binding to the main process. The page's own globals never have it.
 * - in the page's world, `runPreload` runs the app's preload with a `require('electron')` of contextBridge and ipcRenderer.
 *
 * They find each other through one event of a random name, dispatched before page scripts can listen, that hands over a
 * MessagePort. Unlike in Electron, the preload shares the page's world: a page script could change built-ins under it, but
 * what it could gain so is only what `window.desktop` gives it anyway; the main process checks every call.
 */

/** What page and main process say to each other; `data` holds the encoded arguments or result. */
export type ToMain =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly data: string }
  | { readonly kind: 'send'; readonly channel: string; readonly data: string }
  | { readonly kind: 'open'; readonly url: string }
  /** The page asks for a screen; `data` holds what of it. */
  | { readonly kind: 'display'; readonly id: number; readonly data: string }

export type ToPage =
  | { readonly kind: 'result'; readonly id: number; readonly data: string }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly data: string }

/** The script for the isolated world. `receiver` becomes a global of that world only, for the main process to call. */
export function isolatedWorldScript(handOver: string, binding: string, receiver: string): string {
  return `(${connectWorlds.toString()})(${JSON.stringify(handOver)}, ${JSON.stringify(binding)}, ${JSON.stringify(receiver)})`
}

/** The script for the page's world. */
export function pageWorldScript(handOver: string, preloadSource: string): string {
  return [
    `(${runPreload.toString()})(`,
    `${JSON.stringify(handOver)},`,
    `(${encodeValue.toString()}), (${decodeValue.toString()}),`,
    `function (require, module, exports, process) { ${preloadSource}\n})`,
  ].join('\n')
}

function connectWorlds(handOver: string, binding: string, receiver: string): void {
  if (globalThis.top !== globalThis.self) return
  const world = globalThis as unknown as Record<string, unknown>
  document.addEventListener(
    handOver,
    (event) => {
      const [port] = (event as MessageEvent).ports
      if (port === undefined) return
      const toMain = world[binding] as (text: string) => void
      port.addEventListener('message', (message) => toMain(JSON.stringify(message.data)))
      port.start()
      world[receiver] = (message: unknown) => port.postMessage(message)
    },
    { once: true },
  )
}

type PreloadFunction = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
) => void

function runPreload(
  handOver: string,
  encode: (value: unknown) => string,
  decode: (text: string) => unknown,
  preload: PreloadFunction,
): void {
  // Preloads run in the main frame only, as with Electron's default nodeIntegrationInSubFrames: false.
  if (globalThis.top !== globalThis.self) return

  const { port1: port, port2 } = new MessageChannel()
  const post = port.postMessage.bind(port) as (message: ToMain) => void
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>()
  let lastId = 0

  port.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    if (data.kind === 'event') {
      const args = decode(data.data) as unknown[]
      for (const listener of listeners.get(data.channel)?.slice() ?? [])
        listener({ sender: ipcRenderer, ports: [] }, ...args)
      return
    }
    const call = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.kind === 'result') call?.resolve(decode(data.data))
    else call?.reject(new Error(data.message))
  })
  port.start()
  // What the app's window-open handler denies is null in the page; allowing is not implemented.
  const open = (url: unknown = ''): null => {
    post({ kind: 'open', url: new URL(String(url), document.baseURI).href })
    return null
  }
  Object.defineProperty(globalThis, 'open', { value: open })
  const askForDisplay = async (asked: object): Promise<{ isWindow: boolean; audio: boolean } | null> => {
    const id = (lastId += 1)
    return new Promise((resolve, reject) => {
      waiting.set(id, {
        resolve: (value) => resolve(value as { isWindow: boolean; audio: boolean } | null),
        reject,
      })
      post({ kind: 'display', id, data: encode(asked) })
    })
  }
  // Not there in a document that is not secure.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  const getDisplayMedia = devices?.getDisplayMedia.bind(devices)
  if (devices !== undefined && getDisplayMedia !== undefined) {
    // The app's handler decides, as in Electron; what it gives is captured by Chromium. Of windows there are only the app's own.
    devices.getDisplayMedia = async (options = {}) => {
      const wanted = { video: options.video !== false, audio: Boolean(options.audio) }
      const granted = await askForDisplay(wanted)
      if (granted === null) throw new DOMException('Permission denied', 'NotAllowedError')
      const capture = {
        ...options,
        audio: granted.audio ? (options.audio ?? false) : false,
        preferCurrentTab: granted.isWindow,
      }
      return getDisplayMedia(capture)
    }
  }
  document.dispatchEvent(new MessageEvent(handOver, { ports: [port2] }))

  const ipcRenderer = {
    invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
      const data = encode(args)
      const id = (lastId += 1)
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        post({ kind: 'invoke', id, channel, data })
      })
    },
    send: (channel: string, ...args: unknown[]): void => post({ kind: 'send', channel, data: encode(args) }),
    on: (channel: string, listener: (event: object, ...args: unknown[]) => void): unknown => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    off: (channel: string, listener: (event: object, ...args: unknown[]) => void): unknown => {
      const rest = listeners.get(channel) ?? []
      const at = rest.lastIndexOf(listener)
      if (at >= 0) listeners.set(channel, rest.toSpliced(at, 1))
      return ipcRenderer
    },
  }

  /** As Electron's context bridge: values are copied and frozen, functions wrapped so that only copies pass through them. */
  const bridge = (value: unknown): unknown => {
    if (typeof value === 'function') {
      const call = value as (...args: unknown[]) => unknown
      return Object.freeze((...args: unknown[]) => bridge(call(...args.map((argument) => bridge(argument)))))
    }
    if (value instanceof Promise) return value.then((settled) => bridge(settled))
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return Object.freeze(value.map((item) => bridge(item)))
    if (Object.getPrototypeOf(value) === Object.prototype) {
      return Object.freeze(
        Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bridge(item)])),
      )
    }
    return structuredClone(value)
  }

  const exposeInMainWorld = (name: string, api: unknown): void => {
    if (name in globalThis)
      throw new Error(`Cannot bind an API on top of an existing property on the window object: ${name}`)
    Object.defineProperty(globalThis, name, {
      value: bridge(api),
      enumerable: true,
      writable: false,
      configurable: false,
    })
  }

  const refuseUnknown = (module: string, known: object): unknown =>
    new Proxy(known, {
      get: (target, property): unknown => {
        if (property in target) return Reflect.get(target, property)
        throw new Error(`${module}.${String(property)} is not implemented by the Chromium runtime`)
      },
    })

  const electron = refuseUnknown('electron', {
    contextBridge: refuseUnknown('contextBridge', { exposeInMainWorld }),
    ipcRenderer: refuseUnknown('ipcRenderer', ipcRenderer),
  })
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found: ${name} (a sandboxed preload may require only electron)`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports, {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    env: {},
  })
}
