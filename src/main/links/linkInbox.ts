import type { ArrivedLink } from '../../shared/ipc/contract.ts'
import { linkScheme, parseLink } from '../../shared/links/parseLink.ts'

/** Keeps the link that was followed last until the page takes it. */
export interface LinkInbox {
  /** A link came, from the command line, a second instance or the system. */
  readonly receive: (text: string) => void
  readonly take: () => ArrivedLink | null
}

/**
 * SECURITY: whatever comes is parsed here, and only what the parser made of it goes on: no text of the link reaches the page. `onArrived`
 * is told when there is something to take.
 */
export function createLinkInbox(onArrived: () => void): LinkInbox {
  let kept: ArrivedLink | null = null
  return {
    receive: (text) => {
      kept = parseLink(text) ?? { kind: 'unreadable' }
      onArrived()
    },
    take: () => {
      const taken = kept
      kept = null
      return taken
    },
  }
}

/** The link among a program's arguments, where Windows and Linux put it; null: none. The last one counts. */
export function linkFromArguments(argv: readonly string[]): string | null {
  return argv.findLast((argument) => argument.toLowerCase().startsWith(`${linkScheme}:`)) ?? null
}
