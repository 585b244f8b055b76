import { z } from 'zod'

/*
 * What the tray shows and what is chosen there. The renderer knows the call, the rooms and the person's language, so it says what
 * stands in the menu; the main process puts it there.
 */

/** What is asked of the app from outside its window: in the tray, or on a notification. */
export const trayCommandSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('setMuted'), muted: z.boolean() }),
  z.strictObject({ kind: z.literal('setCameraOn'), on: z.boolean() }),
  z.strictObject({ kind: z.literal('leave') }),
  /** Into the live room of a recurring one, at once. */
  z.strictObject({ kind: z.literal('joinRecurring'), recurringRoomId: z.uuid() }),
  z.strictObject({ kind: z.literal('newRoom') }),
  z.strictObject({ kind: z.literal('settings') }),
  z.strictObject({ kind: z.literal('show') }),
  z.strictObject({ kind: z.literal('quit') }),
])
export type TrayCommand = z.infer<typeof trayCommandSchema>

/** A line of the menu. Without a command it is there to be read. */
const trayItemSchema = z.strictObject({
  label: z.string().min(1).max(160),
  command: trayCommandSchema.nullable(),
})
export type TrayItem = z.infer<typeof trayItemSchema>

export const trayViewSchema = z.strictObject({
  /** A call that the tray is in charge of: `muted` or `heard`; null: none. */
  icon: z.enum(['idle', 'heard', 'muted']),
  tooltip: z.string().max(120),
  /** Groups with a line between them. */
  groups: z.array(z.array(trayItemSchema).min(1).max(30)).max(6),
})
export type TrayView = z.infer<typeof trayViewSchema>

/** A notification, and what its button and a press on it ask for. */
export const noticeSchema = z.strictObject({
  title: z.string().min(1).max(160),
  body: z.string().max(400),
  /** Where the system shows buttons. */
  button: z.strictObject({ label: z.string().min(1).max(40), command: trayCommandSchema }).nullable(),
  /** On the notification itself. */
  press: trayCommandSchema,
})
export type Notice = z.infer<typeof noticeSchema>
