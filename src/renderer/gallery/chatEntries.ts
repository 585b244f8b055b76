import type { ChatEntry } from '../core/chat/chatLog.ts'
import { ada, people } from './people.ts'

function sent(
  number: number,
  author: { userId: string; displayName: string; avatar?: string | null },
  body: string,
): ChatEntry {
  return {
    kind: 'sent',
    message: {
      id: `message-${number}`,
      authorId: author.userId,
      displayName: author.displayName,
      avatar: author.avatar ?? null,
      body,
      sentAt: new Date(Date.UTC(2026, 10, 26, 17, 2 + number * 3)).toISOString(),
      clientMessageId: `key-${number}`,
    },
  }
}

const [mia = ada, jon = ada] = people

/** A conversation with everything in it that a message can have. */
export const chatEntries: readonly ChatEntry[] = [
  sent(0, mia, 'Morning, everybody. Two rounds on the thesis, then a walk?'),
  sent(1, jon, 'I am in. Has anybody the reading list?'),
  sent(2, ada, 'Here: https://library.example.org/lists/winter-term (chapters 3 and 4)'),
  sent(3, ada, 'The second one is short.'),
  { kind: 'failed', clientMessageId: 'key-8', body: 'And I have the slides from last week.' },
  { kind: 'sending', clientMessageId: 'key-9', body: 'See you in the break.' },
]
