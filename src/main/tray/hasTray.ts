import { execFile } from 'node:child_process'

/** Runs a program and answers with what it wrote; null when it is missing, fails or takes too long. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string | null>

const watcher = 'org.kde.StatusNotifierWatcher'
const path = '/StatusNotifierWatcher'
const method = 'org.freedesktop.DBus.Properties.Get'
const property = 'IsStatusNotifierHostRegistered'

/**
 * The same question by whichever of three programs is there: GLib's is on every GNOME, systemd's on most other systems, D-Bus's own
 * wherever a session bus is.
 */
const questions = [
  {
    program: 'gdbus',
    args: `call --session --timeout 1 --dest ${watcher} --object-path ${path} --method ${method} ${watcher} ${property}`,
  },
  { program: 'busctl', args: `--user --timeout=1 get-property ${watcher} ${path} ${watcher} ${property}` },
  {
    program: 'dbus-send',
    args: `--session --print-reply --reply-timeout=1000 --dest=${watcher} ${path} ${method} string:${watcher} string:${property}`,
  },
] as const

/**
 * Whether this desktop shows tray icons now. Windows and macOS always do. On Linux Electron cannot tell (`Tray` succeeds also where
 * nobody will ever see it, as on GNOME without an extension), so the bus is asked for a host of the StatusNotifierItem
 * specification (freedesktop.org), which is what Electron's tray needs. No answer means no.
 */
export async function hasTray(platform: NodeJS.Platform, run: RunProgram = runProgram): Promise<boolean> {
  if (platform === 'win32' || platform === 'darwin') return true
  for (const { program, args } of questions) {
    const answer = await run(program, args.split(' '))
    if (answer !== null) return /\btrue\b/.test(answer)
  }
  return false
}

const runProgram: RunProgram = (program, args) =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: 1_500, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? stdout : null)
    })
  })
