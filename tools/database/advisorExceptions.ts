/**
 * Findings of `supabase db advisors` at level warn or error that are as they should be: the finding's `cacheKey`, and
 * why. Every other finding fails the tests, and so does an exception that no finding needs any more.
 */
export const advisorExceptions: Readonly<Record<string, string>> = {}
