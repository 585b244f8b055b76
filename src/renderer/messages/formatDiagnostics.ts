import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { AppFacts, ShortcutStates } from '../../shared/ipc/settingsPanel.ts'
import type { Settings } from '../../shared/settings/settings.ts'

export interface Diagnostics {
  readonly facts: AppFacts | null
  readonly settings: Settings
  readonly connection: BackendConnection
  readonly shortcuts: ShortcutStates
  readonly servers: { readonly mediaServer: string; readonly relay: string } | null
  /** Redacted already, by the process that wrote it. */
  readonly logTail: readonly string[]
}

/**
 * A text for whoever helps, in the words of the program and in no language: it is compared, not read aloud. SECURITY: what is in it
 * is named here one by one; names, devices (which bear people's names), addresses and keys are not.
 */
export function formatDiagnostics(diagnostics: Diagnostics): string {
  const { facts, settings, connection, shortcuts, servers, logTail } = diagnostics
  const { devices, effects, startUp, updates, notifications } = settings
  const isChosen = (deviceId: string | null) => (deviceId === null ? 'default' : 'chosen')
  const lines: readonly (readonly [string, string])[] = [
    ['studyhall', facts?.version ?? 'unknown'],
    ['electron', facts?.electron || 'none'],
    ['chromium', facts?.chromium || 'none'],
    ['node', facts?.node || 'none'],
    ['system', facts === null ? 'unknown' : `${facts.platform} ${facts.systemVersion} ${facts.arch}`],
    ['packaged', String(facts?.isPackaged ?? 'unknown')],
    ['backend', describeConnection(connection)],
    ['media server', servers?.mediaServer ?? 'unknown'],
    ['relay', servers?.relay ?? 'unknown'],
    ['theme', settings.theme],
    ['language', settings.language ?? 'system'],
    [
      'devices',
      `camera ${isChosen(devices.cameraId)}, microphone ${isChosen(devices.microphoneId)}, speakers ${isChosen(devices.speakerId)}`,
    ],
    ['effects', `background ${effects.background}, noise ${effects.noiseSuppression}`],
    ['quality', `${settings.videoQuality}, others' video ${onOff(settings.receiveVideo)}`],
    ['joining', `muted ${onOff(settings.joinMuted)}, camera off ${onOff(settings.joinCameraOff)}`],
    ['room view', settings.roomView],
    ['notifications', notifications.upcomingRooms ? `${notifications.minutesBefore} min before` : 'off'],
    [
      'start-up',
      `at login ${onOff(startUp.atLogin)}, minimised ${onOff(startUp.minimised)}, close to tray ${onOff(settings.closeToTray)}`,
    ],
    ['updates', updates.channel],
    [
      'shortcuts',
      Object.entries(shortcuts.actions)
        .map(([action, state]) => `${action} ${state}`)
        .concat(shortcuts.areAssigned ? 'assigned by the desktop' : [])
        .join(', '),
    ],
    ['key to talk', `${settings.shortcuts.talkMode}, elsewhere ${shortcuts.talk}`],
  ]
  return [...lines.map(([label, value]) => `${label}: ${value}`), '', 'log:', ...logTail, ''].join('\n')
}

function onOff(isOn: boolean): string {
  return isOn ? 'on' : 'off'
}

function describeConnection(connection: BackendConnection): string {
  switch (connection.kind) {
    case 'starting':
      return 'starting'
    case 'failed':
      return `failed (${connection.failure.kind})`
    case 'ready':
      return connection.mode
  }
}
