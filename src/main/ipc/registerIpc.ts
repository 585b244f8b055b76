import { BrowserWindow, ipcMain } from 'electron'
import { type EventName, requestNames, type RequestName } from '../../shared/ipc/channelNames.ts'
import { events, type IpcEvent } from '../../shared/ipc/contract.ts'
import { isAppUrl } from '../appProtocol/appOrigin.ts'
import type { MainLog } from '../log/mainLog.ts'
import { type Answers, createIpcHandler, type IpcHandler } from './createIpcHandler.ts'

/** Registers an answer for every request of the contract. The only place that touches `ipcMain`. */
export function registerIpc(answers: Answers, log: MainLog): void {
  for (const name of requestNames) ipcMain.handle(name, handlerFor(name, answers, log))
}

function handlerFor(name: RequestName, answers: Answers, log: MainLog): IpcHandler {
  return createIpcHandler(name, answers[name], log)
}

/** Sends an event to all of the app's windows. */
export function sendEvent<N extends EventName>(name: N, payload: IpcEvent<N>): void {
  const checked = events[name].parse(payload)
  for (const window of BrowserWindow.getAllWindows()) {
    // SECURITY: a page that is not ours hears nothing.
    if (!window.isDestroyed() && isAppUrl(window.webContents.getURL())) window.webContents.send(name, checked)
  }
}
