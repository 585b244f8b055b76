/** Whether Chromium talks Wayland to the desktop; the test is the one by which it chooses PipeWire for screens, too. */
export function isWaylandSession(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return (
    platform === 'linux' &&
    environment['XDG_SESSION_TYPE']?.startsWith('wayland') === true &&
    (environment['WAYLAND_DISPLAY'] ?? '') !== ''
  )
}
