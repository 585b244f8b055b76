import type { z } from 'zod'

const wantedTypes: Readonly<Record<string, string>> = {
  string: 'Send text here.',
  number: 'Send a number here.',
  int: 'Send a whole number here.',
  boolean: 'Send true or false.',
  array: 'Send a list here.',
  object: 'Send a group of values here.',
}

const tooMuch: Readonly<Record<string, string>> = {
  string: 'This is too long.',
  array: 'These are too many.',
}

const tooLittle: Readonly<Record<string, string>> = {
  string: 'This is too short.',
  array: 'These are too few.',
}

/** What is wrong with a value, for a person, where its schema has no words of its own. */
export function describeIssue(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'This is missing.'
  switch (issue.code) {
    case 'invalid_type':
      return wantedTypes[issue.expected] ?? 'This is not of the right kind.'
    case 'invalid_value':
      return `Choose one of these: ${issue.values.map(String).join(', ')}.`
    case 'invalid_format':
      return issue.format === 'uuid' ? 'Send a UUID here.' : 'This is not written as it should be.'
    case 'too_big':
      return tooMuch[issue.origin] ?? 'This is too large.'
    case 'too_small':
      return tooLittle[issue.origin] ?? 'This is too small.'
    default:
      return 'This is not as it should be.'
  }
}
