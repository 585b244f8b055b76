import type { PersonInRoom } from '../../controllers/contracts.ts'
import { ConfirmPersonDialog, type PersonAction } from './ConfirmPersonDialog.tsx'
import { ReportDialog } from './ReportDialog.tsx'

/** A question about somebody that stands open. */
export type PersonQuestion =
  | { readonly kind: 'confirm'; readonly action: PersonAction; readonly person: PersonInRoom }
  | { readonly kind: 'report'; readonly person: PersonInRoom }

export interface PersonQuestionsProps {
  readonly question: PersonQuestion | null
  readonly onClose: () => void
}

/** The dialog of the question that stands open, if there is one. */
export function PersonQuestions({ question, onClose }: PersonQuestionsProps) {
  if (question === null) return null
  return question.kind === 'report' ? (
    <ReportDialog person={question.person} onClose={onClose} />
  ) : (
    <ConfirmPersonDialog action={question.action} person={question.person} onClose={onClose} />
  )
}
