import { expect, test } from 'vitest'
import { createMessages, speak } from './createMessages.ts'

test('speaks English at once, and another language when it is there', async () => {
  const messages = createMessages()
  expect(messages.t('lobby.join')).toBe('Join')
  await speak(messages, 'de')
  expect(messages.t('lobby.join')).toBe('Beitreten')
  await speak(messages, 'en')
  expect(messages.t('lobby.join')).toBe('Join')
})

test('a language that is not wanted any more when it comes is not spoken', async () => {
  const messages = createMessages()
  await speak(messages, 'de', () => false)
  expect(messages.language).toBe('en')
})

test('numbers are written as the language has them, small ones without a mark', async () => {
  const messages = createMessages()
  const say = () => [
    messages.t('room.count', { count: 12_345 }),
    messages.t('statistics.frames', { width: 1920, height: 1080, value: 24 }),
    messages.t('statistics.megabits', { value: 1.5, formatParams: { value: { minimumFractionDigits: 2 } } }),
  ]
  expect(say()).toEqual(['12,345 people here', '1920 × 1080, 24 fps', '1.50 Mbit/s'])
  await speak(messages, 'de')
  expect(say()).toEqual(['12.345 Personen hier', '1920 × 1080, 24 Bilder/s', '1,50 Mbit/s'])
})

test('in Arabic what is put into a sentence keeps its own way, save addresses, which are copied', async () => {
  const messages = createMessages()
  await speak(messages, 'ar')
  const link = 'studyhall://join/a'
  const invitation = messages.t('room.invitation', { room: 'Algebra (II)', link })
  expect(invitation).toContain('\u2068Algebra (II)\u2069')
  expect(invitation.split('\n')).toContain(link)
})
