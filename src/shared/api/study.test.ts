import { describe, expect, test } from 'vitest'
import { checkInSchema, studyGoalSchema } from './study.ts'

describe('what people say of their study', () => {
  test('a goal fits on a line, blanks around it aside', () => {
    expect(studyGoalSchema.parse('  Chapter 3 ')).toBe('Chapter 3')
    expect(studyGoalSchema.safeParse('x'.repeat(120)).success).toBe(true)
    expect(studyGoalSchema.safeParse('x'.repeat(121)).success).toBe(false)
  })

  test('a check-in says how it went, and may leave it at that', () => {
    expect(checkInSchema.parse({ outcome: 'not_done', note: null })).toEqual({
      outcome: 'not_done',
      note: null,
    })
    expect(checkInSchema.safeParse({ outcome: 'perfect', note: null }).success).toBe(false)
    expect(checkInSchema.safeParse({ outcome: 'done', note: 'x'.repeat(501) }).success).toBe(false)
  })
})
