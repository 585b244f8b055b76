import { z } from 'zod'

/**
 * How a screen comes to be shared on this computer, and whether it may be. `inApp`: our own picker, from a list of what there is.
 * `systemPicker` and `portal`: the system asks, and nobody else does. `notAsked`: macOS asks now, for the first time.
 */
export const sharingMeansSchema = z.strictObject({
  picker: z.enum(['inApp', 'systemPicker', 'portal']),
  permission: z.enum(['granted', 'notAsked', 'denied', 'restricted']),
  /** What the computer plays can be shared without the voices of the call in it. */
  offersSound: z.boolean(),
})
export type SharingMeans = Readonly<z.infer<typeof sharingMeansSchema>>

/** Names a screen or a window as Electron does (`screen:0:0`, `window:123:1`). */
const sourceIdSchema = z.string().regex(/^(screen|window):[\w:-]{1,64}$/u)

/** A picture as a `data:` URL; empty where there is none. */
const pictureSchema = z.union([z.literal(''), z.string().regex(/^data:image\/(png|jpeg);base64,/u)])

/** Something that can be shared. */
export const shareSourceSchema = z.strictObject({
  id: sourceIdSchema,
  kind: z.enum(['screen', 'window']),
  name: z.string(),
  thumbnail: pictureSchema,
  /** Of the program whose window it is. */
  appIcon: pictureSchema,
})
export type ShareSource = Readonly<z.infer<typeof shareSourceSchema>>

/** What is to be given to the next request for a screen. With the portal only the kind in the id counts. */
export const shareChoiceSchema = z.strictObject({ sourceId: sourceIdSchema, withSound: z.boolean() })
export type ShareChoice = Readonly<z.infer<typeof shareChoiceSchema>>
