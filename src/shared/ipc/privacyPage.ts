import { z } from 'zod'

/**
 * A page of the system's settings about what a program may do. `accessibility`: on macOS, hearing keys that are meant for another
 * program, which libuiohook asks for by this name.
 */
export const privacyPageSchema = z.enum(['camera', 'microphone', 'accessibility'])
export type PrivacyPage = z.infer<typeof privacyPageSchema>
