import type { Logger } from '../../../src/renderer/core/ports/logger.ts'

/** Keeps quiet. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
}
