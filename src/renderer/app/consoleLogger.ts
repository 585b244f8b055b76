import type { Logger } from '../core/ports/logger.ts'

/** Writes to the console, from where the main process keeps what matters. */
export const consoleLogger: Logger = {
  debug: (message, fields) => console.debug(message, fields ?? ''),
  info: (message, fields) => console.info(message, fields ?? ''),
  warn: (message, fields) => console.warn(message, fields ?? ''),
}
