/**
 * Whether the system lets an app hear keys that are meant for another. Wayland does not: under XWayland the hook starts, and hears
 * only programs that are not of Wayland's own. Without any display there is nothing to hear. macOS asks the person once.
 */
export function canHearKeys(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (platform !== 'linux') return platform === 'win32' || platform === 'darwin'
  const isWayland = environment['XDG_SESSION_TYPE'] === 'wayland' || Boolean(environment['WAYLAND_DISPLAY'])
  return !isWayland && Boolean(environment['DISPLAY'])
}
