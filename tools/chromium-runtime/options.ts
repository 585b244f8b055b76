/** How this run was started; set once by run.ts before the app's main process is imported. */
export interface RuntimeOptions {
  /** The folder with the app's package.json. */
  readonly appPath: string
  /** The Chromium to use. */
  readonly executablePath: string
  /** Switches for Chromium from the command line, `--name` or `--name=value`. */
  readonly chromiumSwitches: readonly string[]
  /** True where there is no display to show a window on. */
  readonly headless: boolean
}

let current: RuntimeOptions | null = null

/** Sets the options of this process. */
export function setRuntimeOptions(options: RuntimeOptions): void {
  current = options
}

/** The options of this process; throws when run.ts has not set them. */
export function runtimeOptions(): RuntimeOptions {
  if (current === null) throw new Error('the Chromium runtime was not started by run.ts')
  return current
}
