import { createStore } from 'zustand/vanilla'
import { MESSAGE_PAGE_MAX_COUNT } from '../../../shared/limits.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import {
  addMessages,
  beginSending,
  type ChatLog,
  deleteMessage,
  discard,
  emptyChatLog,
  failSending,
  hideAuthors,
  joinToPage,
  markRead,
  selectOldest,
  selectUnreadCount,
  showAvatar,
} from '../../core/chat/chatLog.ts'
import type { ChatPort } from '../../core/ports/chat.ts'
import type { RoomNewsSource } from '../../core/ports/roomNews.ts'
import type { ChatController, ChatSnapshot, PeopleSnapshot, ReadableStore } from '../contracts.ts'

const nothing: ChatSnapshot = {
  entries: [],
  unreadCount: 0,
  hasEarlier: false,
  isReading: false,
  failure: null,
}

/** The stay in a room that answers belong to: what comes after we have left it is nobody's. */
interface Stay {
  readonly roomId: string
  readonly selfId: string
}

/** The room's messages here. The latest are read whenever the room's channel is joined, as news may have been missed before. */
export function createChatController(deps: {
  readonly port: ChatPort
  readonly call: { readonly store: ReadableStore<CallSnapshot> } & RoomNewsSource
  /** What people write who are blocked is neither shown nor counted. */
  readonly people: ReadableStore<PeopleSnapshot>
  /** A new UUID each time. */
  readonly newId: () => string
}): ChatController & { dispose(): void } {
  const { port, call, people } = deps
  const store = createStore<ChatSnapshot>(() => nothing)
  let stay: Stay | null = null
  let log: ChatLog = emptyChatLog
  let isOpen = false
  let hasRead = false

  function show(next: ChatLog, change: Partial<ChatSnapshot> = {}): void {
    log = isOpen ? markRead(next) : next
    const seen = hideAuthors(log, people.getState().blockedIds)
    const unreadCount = stay === null ? 0 : selectUnreadCount(seen, stay.selfId)
    store.setState({ entries: seen.entries, unreadCount, ...change })
  }

  async function readLatest(current: Stay): Promise<void> {
    store.setState({ isReading: true })
    const known = log
    const answer = await port.list(current.roomId, null)
    if (stay !== current) return
    if (!answer.ok) return store.setState({ isReading: false, failure: answer.error })
    const isFirst = !hasRead
    hasRead = true
    const joined = joinToPage(log, known, answer.value)
    const next = addMessages(joined, answer.value)
    // What was written before we came is no news.
    show(isFirst ? markRead(next) : next, {
      isReading: false,
      ...(isFirst || joined !== log ? { hasEarlier: answer.value.length === MESSAGE_PAGE_MAX_COUNT } : {}),
    })
  }

  async function deliver(current: Stay, clientMessageId: string, body: string): Promise<void> {
    show(beginSending(log, clientMessageId, body), { failure: null })
    const answer = await port.send(current.roomId, { body, clientMessageId })
    if (stay !== current) return
    if (answer.ok) show(addMessages(log, [answer.value]))
    else show(failSending(log, clientMessageId), { failure: answer.error })
  }

  function leave(): void {
    stay = null
    log = emptyChatLog
    isOpen = false
    hasRead = false
    store.setState(nothing, true)
  }

  function handleCall(snapshot: CallSnapshot, before: CallSnapshot): void {
    if (snapshot.kind !== 'live') {
      if (stay !== null) leave()
      return
    }
    if (stay?.roomId !== snapshot.room.id) {
      if (stay !== null) leave()
      stay = { roomId: snapshot.room.id, selfId: snapshot.self.userId }
    }
    const hadJoined = before.kind === 'live' && before.signaling === 'joined'
    if (snapshot.signaling === 'joined' && !hadJoined) void readLatest(stay)
  }

  const unsubscribe = [
    call.store.subscribe(handleCall),
    people.subscribe(({ blockedIds }, before) => {
      if (blockedIds !== before.blockedIds) show(log)
    }),
    call.subscribeToNews((news) => {
      if (stay === null) return
      if (news.kind === 'messageAdded') show(addMessages(log, [news.message]))
      if (news.kind === 'messageDeleted') show(deleteMessage(log, news.id))
      if (news.kind === 'avatarChanged') show(showAvatar(log, news.userId, news.avatar))
    }),
  ]

  return {
    store,
    setOpen(open) {
      isOpen = open
      show(log)
    },
    async send(body) {
      if (stay !== null && body.trim() !== '') await deliver(stay, deps.newId(), body.trim())
    },
    async sendAgain(clientMessageId) {
      const entry = log.entries.find(
        (candidate) => candidate.kind === 'failed' && candidate.clientMessageId === clientMessageId,
      )
      if (stay !== null && entry?.kind === 'failed') await deliver(stay, clientMessageId, entry.body)
    },
    discard: (clientMessageId) => show(discard(log, clientMessageId), { failure: null }),
    async remove(messageId) {
      const current = stay
      const answer = await port.remove(messageId)
      if (stay !== current || current === null) return
      if (answer.ok || answer.error.kind === 'not_found') show(deleteMessage(log, messageId))
      else store.setState({ failure: answer.error })
    },
    async readEarlier() {
      const current = stay
      if (current === null || store.getState().isReading) return
      store.setState({ isReading: true, failure: null })
      const answer = await port.list(current.roomId, selectOldest(log))
      if (stay !== current) return
      if (!answer.ok) return store.setState({ isReading: false, failure: answer.error })
      show(addMessages(log, answer.value), {
        isReading: false,
        hasEarlier: answer.value.length === MESSAGE_PAGE_MAX_COUNT,
      })
    },
    dispose() {
      for (const end of unsubscribe) end()
    },
  }
}
