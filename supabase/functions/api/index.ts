/**
 * Deno's entry of the edge function, for hosted Supabase and `supabase start`. Supabase sets the SUPABASE_* variables;
 * the rest are the project's function secrets. All that matters is in app.ts, which the embedded backend mounts as well.
 */
import { createApiApp } from './app.ts'

/** People on a hosted project sit behind different routers; without STUN they would not find each other. */
const HOSTED_STUN_URLS = 'stun:stun.cloudflare.com:3478,stun:stun.l.google.com:19302'

function requireVariable(...names: readonly string[]): string {
  for (const name of names) {
    const value = Deno.env.get(name)
    if (value) return value
  }
  throw new Error(`The function needs ${names.join(' or ')}.`)
}

/** Supabase's runtime ends with the answer what has not been told to it; elsewhere work simply goes on. */
function goOnAfterwards(work: Promise<unknown>): void {
  const runtime: unknown = Reflect.get(globalThis, 'EdgeRuntime')
  if (typeof runtime !== 'object' || runtime === null) return
  const waitUntil: unknown = Reflect.get(runtime, 'waitUntil')
  if (typeof waitUntil === 'function') waitUntil.call(runtime, work)
}

const environment = Deno.env.toObject()
const app = createApiApp({
  supabaseUrl: requireVariable('SUPABASE_URL'),
  publishableKey: requireVariable('SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_ANON_KEY'),
  secretKey: requireVariable('SUPABASE_SECRET_KEY', 'SUPABASE_SERVICE_ROLE_KEY'),
  afterwards: goOnAfterwards,
  environment: { STUDYHALL_STUN_URLS: HOSTED_STUN_URLS, ...environment },
})

Deno.serve((request) => app.fetch(request))
