import { type EventName, eventNames, type RequestName, requestNames } from '../shared/ipc/channelNames.ts'
import type { DesktopApi, Unsubscribe } from '../shared/ipc/desktopApi.ts'

/** How the API reaches the main process: Electron's `ipcRenderer`, reduced to what is needed. */
interface IpcPort {
  readonly invoke: (channel: RequestName, request: unknown) => Promise<unknown>
  readonly subscribe: (channel: EventName, listener: (payload: unknown) => void) => Unsubscribe
}

/**
 * Builds `window.desktop` from the contract's names. The renderer gets one function a request and nothing that takes a
 * channel name, so it cannot reach a channel that the contract does not list.
 */
export function createDesktopApi(ipc: IpcPort): DesktopApi {
  const api: Record<string, Record<string, unknown>> = {}
  for (const name of requestNames) {
    const [noun, verb] = split(name)
    const methods = (api[noun] ??= {})
    methods[verb] = async (request?: unknown): Promise<unknown> => {
      try {
        return await ipc.invoke(name, request)
      } catch (error) {
        return { ok: false, error: { kind: 'failed', message: describe(error) } }
      }
    }
  }
  for (const name of eventNames) {
    const [noun, happened] = split(name)
    const methods = (api[noun] ??= {})
    methods[`on${happened.charAt(0).toUpperCase()}${happened.slice(1)}`] = (
      listener: (payload: unknown) => void,
    ): Unsubscribe => ipc.subscribe(name, listener)
  }
  if (!isDesktopApi(api)) throw new Error('the desktop API lacks a request or an event of the contract')
  return api
}

function isDesktopApi(api: object): api is DesktopApi {
  const nouns = new Set<string>([...requestNames, ...eventNames].map((name) => split(name)[0]))
  return [...nouns].every((noun) => noun in api)
}

function split(name: string): [noun: string, verb: string] {
  const at = name.indexOf(':')
  return [name.slice(0, at), name.slice(at + 1)]
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : 'The desktop part of the app did not answer.'
}
