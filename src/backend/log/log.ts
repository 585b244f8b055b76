/** Where the backend says what it does. SECURITY: callers never pass keys, passwords, tokens or rows of data. */
export type Log = {
  readonly info: (message: string) => void
  readonly warn: (message: string) => void
  readonly error: (message: string) => void
}

/** A log of single lines on standard error, so that standard output stays for the one line of JSON. */
export function createStderrLog(): Log {
  const write = (level: string, message: string): void => {
    process.stderr.write(`${new Date().toISOString()} ${level} ${message}\n`)
  }
  return {
    info: (message) => write('info ', message),
    warn: (message) => write('warn ', message),
    error: (message) => write('error', message),
  }
}

/** A log that nobody reads. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }
