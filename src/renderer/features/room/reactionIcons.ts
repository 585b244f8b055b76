import { Coffee, Heart, Laugh, Lightbulb, type LucideIcon, PartyPopper, ThumbsUp } from 'lucide-react'
import type { Reaction } from '../../../shared/domain/reaction.ts'

/** Drawn icons, not the system's emoji: they look the same for everybody, and stay calm. */
export const reactionIcons: Readonly<Record<Reaction, LucideIcon>> = {
  thumbsUp: ThumbsUp,
  heart: Heart,
  laugh: Laugh,
  celebrate: PartyPopper,
  idea: Lightbulb,
  coffee: Coffee,
}
