import type { Settings, SettingsPatch } from './settings.ts'

/**
 * The settings after a change; members that the patch does not name stay as they are. Not validated, and without the schema, which
 * the renderer's first paint has no need of.
 */
export function mergeSettings(settings: Settings, patch: SettingsPatch): Settings {
  const { devices, effects, lobby, notifications, quickJoin, startUp, timer, updates, shortcuts, ...rest } =
    patch
  return {
    ...merge(settings, rest),
    devices: merge(settings.devices, devices),
    effects: merge(settings.effects, effects),
    lobby: merge(settings.lobby, lobby),
    notifications: merge(settings.notifications, notifications),
    quickJoin: merge(settings.quickJoin, quickJoin),
    startUp: merge(settings.startUp, startUp),
    timer: merge(settings.timer, timer),
    updates: merge(settings.updates, updates),
    shortcuts: merge(settings.shortcuts, shortcuts),
  }
}

type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined }

function merge<T extends object>(group: T, patch: Patch<T> | undefined): T {
  const named = Object.entries(patch ?? {}).filter(([, member]) => member !== undefined)
  return Object.assign({}, group, Object.fromEntries(named))
}
