/** The switch that leaves out Chromium's sandbox. `ELECTRON_DISABLE_SANDBOX` in the environment becomes this switch, too. */
export const noSandboxSwitch = 'no-sandbox'

/**
 * How the sandbox was left out: `switchedOff` by whoever started the program; `appImage`: of an AppImage it is as likely the image's own
 * starter, which does so where the system refuses user namespaces to programs without a profile (Ubuntu 24.04 and later).
 */
export type MissingSandbox = 'switchedOff' | 'appImage'

/**
 * SECURITY: an installed app does not run without the sandbox that everything else here counts on. `app.enableSandbox()` is no answer to
 * the switch: it takes it off the command line, but the process that pages are forked from (the zygote) was started by it already.
 * An app that is not packaged may run so: as root, as in a container for tests, there is no other way. Null: nothing is missing.
 */
export function findMissingSandbox(started: {
  readonly isPackaged: boolean
  /** As the command line was before `app.enableSandbox()`. */
  readonly hasNoSandbox: boolean
  readonly isAppImage: boolean
}): MissingSandbox | null {
  if (!started.isPackaged || !started.hasNoSandbox) return null
  return started.isAppImage ? 'appImage' : 'switchedOff'
}
