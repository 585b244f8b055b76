import { z } from 'zod'
import { STUDY_GOAL_MAX_LENGTH } from '../limits.ts'

/** The name of a picture that the app draws, as `readAvatar` reads it; one that a version does not know is none. */
export const avatarSchema = z.string().max(32).nullish().meta({ description: 'Null: their initials.' })

/** What a person sends at the moment, as they want others to see it. */
export const mediaStateSchema = z.object({
  isMuted: z.boolean(),
  isVideoOff: z.boolean(),
  isScreensharing: z.boolean(),
})
export type MediaState = z.infer<typeof mediaStateSchema>

/**
 * One person in a room. `connectionId` names this stay on this device: a second login of the same user has another one
 * and takes over. `joinedAt` orders people; the later one calls the earlier one.
 */
export const participantSchema = z.object({
  userId: z.uuid(),
  connectionId: z.uuid(),
  displayName: z.string(),
  avatar: avatarSchema,
  joinedAt: z.iso.datetime({ offset: true }),
  mediaState: mediaStateSchema,
  /** What they mean to study, where they share it; `goal_changed` tells of another one. */
  goal: z.string().max(STUDY_GOAL_MAX_LENGTH).nullish(),
  /** Since when their hand is up, by the database's clock; `hand_changed` tells of another moment. */
  handRaisedAt: z.iso.datetime({ offset: true }).nullish(),
})
export type Participant = z.infer<typeof participantSchema>
