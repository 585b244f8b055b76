import { expect, test } from 'vitest'
import { invitationTexts } from './invitationTexts.ts'

test('every text is there in its own words, and none shouts', () => {
  for (const [tag, texts] of Object.entries(invitationTexts)) {
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim()).toBe(text)
      expect(text).not.toMatch(/[!¡！]/u)
      if (tag !== 'en') expect(text).not.toBe(Reflect.get(invitationTexts.en, key))
    }
  }
})

test('French has no space at which a line could end before its punctuation', () => {
  for (const text of Object.values(invitationTexts.fr)) expect(text).not.toMatch(/ [;:?»]|« /u)
})
