/** An entry that starts the app (Desktop Entry Specification 1.5). */
export interface DesktopEntry {
  readonly executable: string
  /** Quoted, so that each of them arrives as it is. */
  readonly args: readonly string[]
  /** `%u`: whoever starts the entry puts an address there. */
  readonly fieldCode?: '%u'
  /** Further keys, with values that need no escaping. */
  readonly more: Readonly<Record<string, string>>
}

export function formatDesktopEntry({ executable, args, fieldCode, more }: DesktopEntry): string {
  const exec = [executable, ...args].map(quote).concat(fieldCode ?? [])
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Studyhall',
    `Exec=${exec.join(' ')}`,
    // An entry whose program is gone counts as if it were not there.
    `TryExec=${escapeString(executable)}`,
    'Terminal=false',
    ...Object.entries(more).map(([key, value]) => `${key}=${value}`),
    '',
  ].join('\n')
}

/** Quoted for `Exec`: once for the argument, where backslashes escape, and once more for the string that the file holds. */
function quote(argument: string): string {
  const escaped = argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')
  return `"${escapeString(escaped)}"`
}

function escapeString(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
}
