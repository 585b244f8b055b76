import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSnapshot, PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

export interface RoomAnnouncerProps {
  readonly others: readonly PersonSnapshot[]
  readonly signaling: Extract<CallSnapshot, { kind: 'live' }>['signaling']
}

/** Tells those who listen who came, who left, whose media stopped and came back, and that the network is back. */
export function RoomAnnouncer({ others, signaling }: RoomAnnouncerProps) {
  const { t } = useTranslation()
  const [sentence, setSentence] = useState('')
  const before = useRef({ others, signaling })
  useEffect(() => {
    const { others: known, signaling: was } = before.current
    before.current = { others, signaling }
    const sentences = [
      ...missingFrom(known, others).map((name) => t('room.joined', { name })),
      ...missingFrom(others, known).map((name) => t('room.left', { name })),
      ...changedTo('reconnecting', known, others).map((name) => t('room.linkLost', { name })),
      ...changedTo('failed', known, others).map((name) => t('room.linkFailed', { name })),
      ...backAgain(known, others).map((name) => t('room.linkBack', { name })),
      ...changedSharing(known, others, true).map((name) => t('room.share.began', { name })),
      ...changedSharing(known, others, false).map((name) => t('room.share.ended', { name })),
      ...(was === 'reconnecting' && signaling === 'joined' ? [t('room.back')] : []),
    ]
    if (sentences.length > 0) setSentence(sentences.join('. '))
  }, [others, signaling, t])
  return <VisuallyHidden live>{sentence}</VisuallyHidden>
}

/** Names of the people who are in the second list and not in the first. */
function missingFrom(list: readonly PersonSnapshot[], people: readonly PersonSnapshot[]): readonly string[] {
  const known = new Set(list.map((person) => person.userId))
  return people.filter((person) => !known.has(person.userId)).map((person) => person.displayName)
}

/** Names of those who share a screen since, or do so no more. */
function changedSharing(
  before: readonly PersonSnapshot[],
  now: readonly PersonSnapshot[],
  isSharing: boolean,
): readonly string[] {
  const known = new Map(before.map((person) => [person.userId, person.mediaState.isScreensharing]))
  return now
    .filter(
      ({ userId, mediaState }) =>
        mediaState.isScreensharing === isSharing && (known.get(userId) ?? false) !== isSharing,
    )
    .map((person) => person.displayName)
}

type LinkChange = (before: PersonSnapshot, now: PersonSnapshot) => boolean

/** Names of those in both lists whose link has changed so. */
function changed(
  before: readonly PersonSnapshot[],
  now: readonly PersonSnapshot[],
  fits: LinkChange,
): readonly string[] {
  const known = new Map(before.map((person) => [person.userId, person]))
  return now
    .filter((person) => {
      const was = known.get(person.userId)
      return was !== undefined && was.link !== person.link && fits(was, person)
    })
    .map((person) => person.displayName)
}

function changedTo(
  link: PersonSnapshot['link'],
  before: readonly PersonSnapshot[],
  now: readonly PersonSnapshot[],
): readonly string[] {
  return changed(before, now, (_, person) => person.link === link)
}

function backAgain(before: readonly PersonSnapshot[], now: readonly PersonSnapshot[]): readonly string[] {
  return changed(
    before,
    now,
    (was, person) => (was.link === 'reconnecting' || was.link === 'failed') && person.link === 'connected',
  )
}
