import { isOutsideAddress } from '../../../shared/links/outsideAddress.ts'

/** A stretch of a message: words, or the address of a page. */
export interface MessagePart {
  readonly kind: 'text' | 'link'
  readonly text: string
  /** Where in the message it begins. */
  readonly at: number
}

/** What usually ends the sentence rather than the address. */
const trailing = /[.,;:!?'"”’)\]}»]+$/u

/** Finds the addresses in a message that may be opened outside the app. Nothing of the message is lost. */
export function splitLinks(body: string): readonly MessagePart[] {
  const parts: MessagePart[] = []
  let text = ''
  let at = 0
  for (const piece of body.split(/(https:\/\/[^\s<>"]+)/u)) {
    const link = piece.replace(trailing, '')
    if (isOutsideAddress(link)) {
      if (text !== '') parts.push({ kind: 'text', text, at })
      at += text.length
      parts.push({ kind: 'link', text: link, at })
      at += link.length
      text = piece.slice(link.length)
    } else text += piece
  }
  if (text !== '') parts.push({ kind: 'text', text, at })
  return parts
}
