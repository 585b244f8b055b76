import { z } from 'zod'
import { avatarSchema } from '../domain/participant.ts'

/** A message as those in the room see it; the answer of `send_message`, and the payload of `message_added`. */
export const messageSchema = z.object({
  id: z.uuid(),
  authorId: z.uuid(),
  displayName: z.string(),
  avatar: avatarSchema,
  body: z.string(),
  sentAt: z.iso.datetime({ offset: true }),
  /** The id under which its author sent it: sending again with it is no second message. */
  clientMessageId: z.uuid(),
})
export type Message = z.infer<typeof messageSchema>

/** The answer of `list_messages`: newest first; the next page comes before the last one's `sentAt` and `id`. */
export const messagePageSchema = z.array(messageSchema)
