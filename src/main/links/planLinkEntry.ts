import { desktopFileName } from '../../shared/appId.ts'
import { linkScheme } from '../../shared/links/parseLink.ts'
import { formatDesktopEntry } from '../desktopEntry/formatDesktopEntry.ts'

/** A desktop entry to have among the person's own; null: nothing is needed. */
export interface LinkEntryPlan {
  readonly fileName: string
  readonly content: string
}

/**
 * Linux hands a link to the program of a desktop entry that says it takes such links, and packages install one. An AppImage installs
 * nothing: so it writes one that starts it where it lies now. The desktop also knows its windows and keys by that entry. It is not
 * shown among the programs, where nobody has asked for it.
 */
export function planLinkEntry(appImage: string | null): LinkEntryPlan | null {
  if (appImage === null) return null
  return {
    fileName: desktopFileName,
    content: formatDesktopEntry({
      executable: appImage,
      args: [],
      fieldCode: '%u',
      more: { MimeType: `x-scheme-handler/${linkScheme};`, NoDisplay: 'true' },
    }),
  }
}
