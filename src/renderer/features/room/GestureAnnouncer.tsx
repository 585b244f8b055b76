import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { GesturesSnapshot } from '../../controllers/contracts.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { useRoom } from '../../stores/services.ts'
import { joinList } from '../../messages/joinList.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { useIsQuiet } from './useIsQuiet.ts'

type Live = Extract<CallSnapshot, { kind: 'live' }>

/** Tells those who listen whose hand went up, and now and then who reacts; in a focus phase nothing but what happened to their own hand. */
export function GestureAnnouncer({ self, others }: Pick<Live, 'self' | 'others'>) {
  const { t, i18n } = useTranslation()
  const { gestures } = useRoom()
  const isQuiet = useIsQuiet()
  const news = useStore(gestures.store, (state) => state.news)
  const [sentence, setSentence] = useState('')
  const before = useRef({ self, others })
  useEffect(() => {
    const was = before.current
    before.current = { self, others }
    const up = new Set(was.others.flatMap((person) => (person.handRaisedAt === null ? [] : [person.userId])))
    const raised = isQuiet
      ? []
      : others.filter((person) => person.handRaisedAt !== null && !up.has(person.userId))
    const isLowered =
      was.self.handRaisedAt !== null &&
      self.handRaisedAt === null &&
      gestures.store.getState().handWish === null
    const sentences = [
      ...raised.map(({ displayName }) => t('room.gestures.raised', { name: displayName })),
      ...(isLowered ? [t('room.gestures.lowered')] : []),
    ]
    if (sentences.length > 0) setSentence(sentences.join('. '))
  }, [self, others, isQuiet, gestures, t])
  return (
    <>
      <VisuallyHidden live>{sentence}</VisuallyHidden>
      <VisuallyHidden live>{news === null ? '' : describeNews(t, i18n.language, news)}</VisuallyHidden>
    </>
  )
}

function describeNews(
  t: TFunction,
  language: string,
  { reaction, names }: NonNullable<GesturesSnapshot['news']>,
): string {
  const [name = ''] = names
  const what = t(`room.gestures.names.${reaction}`)
  return names.length > 2
    ? t('room.gestures.newsMore', { name, count: names.length - 1, reaction: what })
    : t('room.gestures.news', { names: joinList(language, names), reaction: what })
}
