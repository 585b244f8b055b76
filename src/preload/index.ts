import { contextBridge, ipcRenderer } from 'electron'
import { createDesktopApi } from './createDesktopApi.ts'

contextBridge.exposeInMainWorld(
  'desktop',
  createDesktopApi({
    invoke: (channel, request) => ipcRenderer.invoke(channel, request),
    subscribe: (channel, listener) => {
      const forward = (_event: Electron.IpcRendererEvent, payload: unknown): void => listener(payload)
      ipcRenderer.on(channel, forward)
      return () => void ipcRenderer.off(channel, forward)
    },
  }),
)
