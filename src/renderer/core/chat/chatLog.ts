import type { Message } from '../../../shared/api/messages.ts'

/** A message as it stands in the room. `sending` and `failed` are our own that the backend has not taken yet. */
export type ChatEntry =
  | { readonly kind: 'sent'; readonly message: Message }
  | { readonly kind: 'sending' | 'failed'; readonly clientMessageId: string; readonly body: string }

/** What is known of what was written. Serialisable. */
export interface ChatLog {
  /** Oldest first; ours that are under way last, in the order of writing. */
  readonly entries: readonly ChatEntry[]
  /** Which were deleted, so that one that arrives late does not come back. */
  readonly deletedIds: readonly string[]
  /** Up to here everything has been seen; null: nothing was there. */
  readonly readUpTo: Pick<Message, 'id' | 'sentAt'> | null
}

export const emptyChatLog: ChatLog = { entries: [], deletedIds: [], readUpTo: null }

/** The key by which an entry stays the same while it is sent. */
export function selectKey(entry: ChatEntry): string {
  return entry.kind === 'sent' ? entry.message.clientMessageId : entry.clientMessageId
}

/** Messages that were told or read, in any order, each as often as one likes. */
export function addMessages(log: ChatLog, messages: readonly Message[]): ChatLog {
  const known = new Map(
    log.entries.flatMap((entry) => (entry.kind === 'sent' ? [[entry.message.id, entry.message]] : [])),
  )
  for (const message of messages) if (!log.deletedIds.includes(message.id)) known.set(message.id, message)
  const sent = [...known.values()].toSorted(compare)
  const sentKeys = new Set(sent.map((message) => message.clientMessageId))
  return {
    ...log,
    entries: [
      ...sent.map((message): ChatEntry => ({ kind: 'sent', message })),
      ...log.entries.filter((entry) => entry.kind !== 'sent' && !sentKeys.has(entry.clientMessageId)),
    ],
  }
}

/**
 * The log as the latest page (newest first) goes on from it. `known`: as it was when the page was asked for. Where the page does not reach back to
 * that, as after a long outage, nothing before the page is kept: it is read again page by page, with what was missed.
 */
export function joinToPage(log: ChatLog, known: ChatLog, page: readonly Message[]): ChatLog {
  const last = selectSent(known).at(-1)
  const oldest = page.at(-1)
  if (last === undefined || oldest === undefined || compare(oldest, last) <= 0) return log
  return {
    ...log,
    entries: log.entries.filter((entry) => entry.kind !== 'sent' || compare(entry.message, oldest) >= 0),
  }
}

export function deleteMessage(log: ChatLog, id: string): ChatLog {
  return {
    ...log,
    deletedIds: log.deletedIds.includes(id) ? log.deletedIds : [...log.deletedIds, id],
    entries: log.entries.filter((entry) => entry.kind !== 'sent' || entry.message.id !== id),
  }
}

/** Somebody has another picture: beside what they have written, too. */
export function showAvatar(log: ChatLog, authorId: string, avatar: string | null): ChatLog {
  return {
    ...log,
    entries: log.entries.map((entry) =>
      entry.kind === 'sent' && entry.message.authorId === authorId
        ? { ...entry, message: { ...entry.message, avatar } }
        : entry,
    ),
  }
}

/** One of ours is under way, for the first time or once more. */
export function beginSending(log: ChatLog, clientMessageId: string, body: string): ChatLog {
  const others = log.entries.filter((entry) => selectKey(entry) !== clientMessageId)
  return { ...log, entries: [...others, { kind: 'sending', clientMessageId, body }] }
}

export function failSending(log: ChatLog, clientMessageId: string): ChatLog {
  return {
    ...log,
    entries: log.entries.map((entry) =>
      entry.kind === 'sending' && entry.clientMessageId === clientMessageId
        ? { ...entry, kind: 'failed' }
        : entry,
    ),
  }
}

/** One that failed is given up. */
export function discard(log: ChatLog, clientMessageId: string): ChatLog {
  return {
    ...log,
    entries: log.entries.filter(
      (entry) => entry.kind !== 'failed' || entry.clientMessageId !== clientMessageId,
    ),
  }
}

/** Without what these people have written. */
export function hideAuthors(log: ChatLog, authorIds: readonly string[]): ChatLog {
  const isHidden = (entry: ChatEntry) => entry.kind === 'sent' && authorIds.includes(entry.message.authorId)
  return { ...log, entries: log.entries.filter((entry) => !isHidden(entry)) }
}

export function markRead(log: ChatLog): ChatLog {
  const last = selectSent(log).at(-1)
  if (last === undefined || (log.readUpTo !== null && compare(last, log.readUpTo) <= 0)) return log
  return { ...log, readUpTo: { id: last.id, sentAt: last.sentAt } }
}

/** Of others, since everything was seen the last time. */
export function selectUnreadCount(log: ChatLog, selfId: string): number {
  const { readUpTo } = log
  return selectSent(log).filter(
    (message) => message.authorId !== selfId && (readUpTo === null || compare(message, readUpTo) > 0),
  ).length
}

/** The oldest that is known; what was written before it is read page by page. */
export function selectOldest(log: ChatLog): Message | null {
  return selectSent(log)[0] ?? null
}

function selectSent(log: ChatLog): readonly Message[] {
  return log.entries.flatMap((entry) => (entry.kind === 'sent' ? [entry.message] : []))
}

/** By time and then by id, as the database orders them. The moments are of one server, and of one format. */
function compare(a: Pick<Message, 'id' | 'sentAt'>, b: Pick<Message, 'id' | 'sentAt'>): number {
  const byTime = Date.parse(a.sentAt) - Date.parse(b.sentAt)
  if (byTime !== 0) return byTime
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
