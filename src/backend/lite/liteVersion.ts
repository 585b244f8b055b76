/**
 * The version of `@supabase/lite` that package.json pins. The platform's fingerprint contains it, so that a start need
 * not load the library only to learn that its tables are there already.
 */
export const liteVersion = '0.10.0'
