/*
 * The names alone, without the schemas: the sandboxed preload builds `window.desktop` from them and so carries no zod.
 * The contract is checked against these lists by the compiler.
 */

/** Requests from the renderer to the main process, `noun:verb`. */
export const requestNames = [
  'backend:connection',
  'backend:retry',
  'backend:choice',
  'backend:use',
  'nearby:state',
  'nearby:host',
  'nearby:stopHosting',
  'nearby:carried',
  'nearby:join',
  'nearby:leave',
  'nearby:dismiss',
  'settings:get',
  'settings:update',
  'settings:reset',
  'session:load',
  'session:save',
  'session:clear',
  'lifecycle:lobbyShown',
  'links:openOutside',
  'privacyPage:open',
  'machine:watch',
  'machine:unwatch',
  'shortcuts:states',
  'shortcuts:setRecording',
  'storage:figures',
  'storage:show',
  'recordings:open',
  'recordings:append',
  'recordings:close',
  'recordings:show',
  'recordings:list',
  'recordings:delete',
  'app:facts',
  'app:licences',
  'app:logTail',
  'tray:show',
  'notice:show',
  'links:take',
  'lifecycle:callChanged',
  'window:setCompact',
  'updates:state',
  'updates:check',
  'updates:restart',
  'screenShare:means',
  'screenShare:sources',
  'screenShare:choose',
  'screenShare:openPermissions',
] as const

export type RequestName = (typeof requestNames)[number]

/** Events from the main process to the renderer, `noun:happened`. */
export const eventNames = [
  'backend:changed',
  'nearby:changed',
  'settings:changed',
  'machine:measured',
  'machine:changed',
  'shortcuts:changed',
  'shortcuts:pressed',
  'shortcuts:talkKey',
  'tray:chosen',
  'links:arrived',
  'window:changed',
  'updates:changed',
] as const

export type EventName = (typeof eventNames)[number]
