import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecurringMember, RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { MemberList } from './MemberList.tsx'
import { type MemberQuestion, MembersQuestion } from './MembersQuestion.tsx'
import styles from './MembersDialog.module.css'

type Reading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'ready'; readonly members: readonly RecurringMember[] }
  | { readonly kind: 'failed'; readonly failure: RoomsFailure }

const toReading = (answer: Result<readonly RecurringMember[], RoomsFailure>): Reading =>
  answer.ok ? { kind: 'ready', members: answer.value } : { kind: 'failed', failure: answer.error }

/** Who belongs to a recurring room; its owner can remove people and end the invitations. */
export function MembersDialog({
  room,
  onClose,
}: {
  readonly room: RecurringRoom
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { recurring } = useSession()
  const [reading, setReading] = useState<Reading>({ kind: 'reading' })
  const [question, setQuestion] = useState<MemberQuestion | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const status = useRef<HTMLParagraphElement>(null)
  const body = useRef<HTMLDivElement>(null)
  /** By what button the last question was asked. */
  const asker = useRef<string | null>(null)
  useEffect(() => {
    let isOver = false
    const read = async () => {
      const answer = await recurring.members(room.id)
      if (!isOver) setReading(toReading(answer))
    }
    void read()
    return () => {
      isOver = true
    }
  }, [recurring, room.id])
  // The question had the focus: it goes to what has become of it, or back to the button that asked.
  useEffect(() => {
    if (question !== null || asker.current === null) return
    const button = body.current?.querySelector<HTMLElement>(`[data-asks="${asker.current}"]`)
    asker.current = null
    if (done === null) button?.focus()
    else status.current?.focus()
  }, [question, done])

  const ask = (next: MemberQuestion) => {
    asker.current = next.kind === 'remove' ? next.member.userId : next.kind
    setDone(null)
    setQuestion(next)
  }
  const readAgain = async () => setReading(toReading(await recurring.members(room.id)))
  const finish = (words: string) => {
    setQuestion(null)
    setDone(words)
    void readAgain()
  }
  return (
    <Dialog
      title={t('recurring.members.title', { room: room.name })}
      closeLabel={t('recurring.members.close')}
      onClose={onClose}
    >
      {question === null ? (
        <div ref={body} className={styles['body']}>
          <p ref={status} tabIndex={-1} role="status" className={styles['status']}>
            {done}
          </p>
          {reading.kind === 'reading' ? (
            <p className={styles['quiet']}>{t('recurring.members.reading')}</p>
          ) : null}
          {reading.kind === 'failed' ? (
            <Notice
              tone="danger"
              action={<Button onClick={() => void readAgain()}>{t('recurring.members.again')}</Button>}
            >
              {describeRoomsFailure(t, reading.failure)}
            </Notice>
          ) : null}
          {reading.kind === 'ready' ? (
            <MemberList
              members={reading.members}
              onRemove={room.isOwner ? (member) => ask({ kind: 'remove', member }) : null}
            />
          ) : null}
          {room.isOwner ? (
            <section className={styles['section']}>
              <h3 className={styles['title']}>{t('recurring.members.invitations')}</h3>
              <p className={styles['quiet']}>{t('recurring.members.invitationsHint')}</p>
              <div>
                <Button data-asks="revoke" onClick={() => ask({ kind: 'revoke' })}>
                  {t('recurring.members.revoke')}
                </Button>
              </div>
            </section>
          ) : null}
        </div>
      ) : (
        <MembersQuestion room={room} question={question} onCancel={() => setQuestion(null)} onDone={finish} />
      )}
    </Dialog>
  )
}
