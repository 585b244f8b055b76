/**
 * Deno's entry of the edge function, for hosted Supabase and `supabase start`. Supabase sets the SUPABASE_* variables;
 * the rest are the project's function secrets. All that matters is in app.ts, which the embedded backend mounts as well.
 */
import { createApiApp } from './app.ts'
import { readProjectKeys } from './projectKeys.ts'

/** People on a hosted project sit behind different routers; without STUN they would not find each other. */
const HOSTED_STUN_URLS = 'stun:stun.cloudflare.com:3478,stun:stun.l.google.com:19302'

/** Supabase's runtime ends with the answer what has not been told to it; elsewhere work simply goes on. */
function goOnAfterwards(work: Promise<unknown>): void {
  const runtime: unknown = Reflect.get(globalThis, 'EdgeRuntime')
  if (typeof runtime !== 'object' || runtime === null) return
  const waitUntil: unknown = Reflect.get(runtime, 'waitUntil')
  if (typeof waitUntil === 'function') waitUntil.call(runtime, work)
}

const environment = Deno.env.toObject()
const supabaseUrl = environment['SUPABASE_URL']
if (!supabaseUrl) throw new Error('The function needs SUPABASE_URL.')
const app = createApiApp({
  supabaseUrl,
  ...readProjectKeys(environment),
  afterwards: goOnAfterwards,
  environment: { STUDYHALL_STUN_URLS: HOSTED_STUN_URLS, ...environment },
})

Deno.serve((request) => app.fetch(request))
