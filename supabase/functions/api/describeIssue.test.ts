import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { describeIssue } from './describeIssue.ts'

const firstMessage = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: describeIssue }).error?.issues[0]?.message

describe('what is wrong with a value', () => {
  test.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, 'This is missing.'],
    [z.string(), 7, 'Send text here.'],
    [z.boolean(), 'yes', 'Send true or false.'],
    [z.int(), [], 'Send a number here.'],
    [z.int(), 1.5, 'Send a whole number here.'],
    [z.object({}), null, 'Send a group of values here.'],
    [z.array(z.string()), {}, 'Send a list here.'],
    [z.enum(['public', 'private']), 'secret', 'Choose one of these: public, private.'],
    [z.uuid(), 'x', 'Send a UUID here.'],
    [z.string().regex(/^a$/), 'b', 'This is not written as it should be.'],
    [z.string().max(1), 'ab', 'This is too long.'],
    [z.string().min(1), '', 'This is too short.'],
    [z.array(z.unknown()).max(1), [1, 2], 'These are too many.'],
    [z.array(z.unknown()).min(1), [], 'These are too few.'],
    [z.number().max(1), 2, 'This is too large.'],
    [z.number().min(1), 0, 'This is too small.'],
    [z.union([z.string(), z.number()]), true, 'This is not as it should be.'],
  ])('is said to a person (%#)', (schema, value, message) => {
    expect(firstMessage(schema, value)).toBe(message)
  })

  test('is said in the schema’s own words where it has any', () => {
    expect(firstMessage(z.string('Give the room a name.'), 7)).toBe('Give the room a name.')
  })
})
