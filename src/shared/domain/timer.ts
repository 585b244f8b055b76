import { z } from 'zod'

/** What the room's timer asks for now. */
const timerPhaseSchema = z.enum(['focus', 'short_break', 'long_break'])
export type TimerPhase = z.infer<typeof timerPhaseSchema>

const momentSchema = z.iso.datetime({ offset: true })

/** What the phase at any moment follows from: the one that was current at some moment, and the lengths of those after it. */
export const timerAnchorsSchema = z.object({
  phase: timerPhaseSchema,
  /** Which focus phase it is, or which one it follows; 1 to `rounds`. */
  round: z.int().min(1),
  phaseStartedAt: momentSchema,
  phaseEndsAt: momentSchema,
  focusMinutes: z.int().min(1).max(180),
  shortBreakMinutes: z.int().min(1).max(180),
  longBreakMinutes: z.int().min(1).max(180),
  /** Focus phases before the long break. */
  rounds: z.int().min(1).max(12),
  /** Phases follow each other; else one that is over waits to be skipped. */
  isContinuing: z.boolean(),
  /** Null while it runs. */
  pausedAt: momentSchema.nullable(),
})
export type TimerAnchors = z.infer<typeof timerAnchorsSchema>

/**
 * A room's timer: the phase that was current when it was last changed, and what follows from it. `serverNow` is when the
 * server said so; the difference to one's own clock at that moment corrects a clock that is wrong.
 */
export const roomTimerSchema = timerAnchorsSchema.extend({
  updatedBy: z.uuid().nullable(),
  updatedAt: momentSchema,
  serverNow: momentSchema,
})
export type RoomTimer = z.infer<typeof roomTimerSchema>
