import { expect, test } from 'vitest'
import { invitationTexts } from './invitationTexts.ts'

test('every text is there in its own words, and none shouts', () => {
  const { en, ...others } = invitationTexts
  for (const texts of Object.values(others)) {
    for (const [key, text] of Object.entries(texts)) expect(text).not.toBe(Reflect.get(en, key))
  }
  for (const texts of Object.values(invitationTexts)) {
    for (const text of Object.values(texts)) {
      expect(text.trim()).toBe(text)
      expect(text).not.toMatch(/[!¡！]/u)
    }
  }
})

test('French has no space at which a line could end before its punctuation', () => {
  for (const text of Object.values(invitationTexts.fr)) expect(text).not.toMatch(/ [;:?»]|« /u)
})
