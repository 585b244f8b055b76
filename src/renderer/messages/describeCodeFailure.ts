import type { TFunction } from 'i18next'
import type { RoomsFailure } from '../core/ports/rooms.ts'
import { describeRoomsFailure } from './describeFailure.ts'

/** Why a code or a link leads nowhere. */
export function describeCodeFailure(t: TFunction, failure: RoomsFailure): string {
  return failure.kind === 'not_found' ? t('link.used') : describeRoomsFailure(t, failure)
}
