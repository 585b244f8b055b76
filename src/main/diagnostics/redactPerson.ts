import { redactSecrets } from '../log/mainLog.ts'

/** What tells who somebody is, on this machine. */
export interface PersonTraces {
  readonly homeFolder: string
  readonly userName: string
  readonly hostName: string
  readonly dataFolder: string
  readonly profile: string
}

/**
 * A line of the log as it may be handed to a stranger: without secrets, e-mail addresses, the person's and the machine's name,
 * folders, other machines' addresses and names of rooms and people (UUIDs).
 */
export function redactPerson(text: string, traces: PersonTraces): string {
  // Folders before names, which they contain; the longest first.
  const folders = [
    [traces.dataFolder, '[data folder]'],
    [traces.homeFolder, '[home]'],
  ] as const
  const names = [
    [traces.userName, '[user]'],
    [traces.hostName, '[computer]'],
    [traces.profile === 'default' ? '' : traces.profile, '[profile]'],
  ] as const
  let redacted = redactSecrets(text)
  for (const [folder, sign] of folders.toSorted(([a], [b]) => b.length - a.length)) {
    redacted = replace(redacted, folder, sign)
    // Windows writes paths either way, and JSON doubles its backslashes.
    redacted = replace(redacted, folder.replaceAll('\\', '/'), sign)
    redacted = replace(redacted, folder.replaceAll('\\', '\\\\'), sign)
  }
  redacted = redacted
    .replaceAll(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[e-mail]')
    .replaceAll(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '[id]')
    .replaceAll(/\b((?:https?|wss?):\/\/)(?!127\.0\.0\.1|localhost|\[::1\])[^\s/:"')]+/gi, '$1[server]')
    .replaceAll(/\b(?!127\.0\.0\.1\b)(?:\d{1,3}\.){3}\d{1,3}\b/g, '[address]')
  for (const [name, sign] of names) redacted = replaceWord(redacted, name, sign)
  return redacted
}

function replace(text: string, part: string, sign: string): string {
  return part.length < 2 ? text : text.replaceAll(part, sign)
}

/** Names are replaced as whole words in any case; a name of one or two letters would tear up every sentence. */
function replaceWord(text: string, word: string, sign: string): string {
  if (word.length < 3) return text
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return text.replaceAll(new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'giu'), sign)
}
