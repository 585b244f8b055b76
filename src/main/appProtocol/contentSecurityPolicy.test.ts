import { describe, expect, test } from 'vitest'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import { connectSources, contentSecurityPolicy } from './contentSecurityPolicy.ts'

const starting: BackendConnection = { kind: 'starting', step: 'Starting' }
const hosted = (url: string, livekitUrl: string | null = null): BackendConnection => ({
  kind: 'ready',
  mode: 'hosted',
  url,
  publishableKey: 'key',
  livekitUrl,
})

describe('contentSecurityPolicy', () => {
  test('refuses everything that is not named and has nothing unsafe', () => {
    const policy = contentSecurityPolicy(connectSources(starting, null))
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*(?!;|$| ws|$)(?!:)/)
  })

  test('lets the page reach the embedded backend on this machine only', () => {
    expect(connectSources(starting, null)).toEqual(['http://127.0.0.1:*', 'ws://127.0.0.1:*'])
  })

  test('lets the page reach a hosted backend by its origins and nothing on this machine', () => {
    expect(connectSources(hosted('https://abc.supabase.co'), null)).toEqual([
      'https://abc.supabase.co',
      'wss://abc.supabase.co',
    ])
    expect(connectSources(hosted('http://127.0.0.1:54321'), null)).toEqual([
      'http://127.0.0.1:54321',
      'ws://127.0.0.1:54321',
    ])
  })

  test('adds the SFU where one is set', () => {
    expect(connectSources(hosted('https://abc.supabase.co', 'wss://sfu.example.org/x'), null)).toContain(
      'wss://sfu.example.org',
    )
    expect(connectSources(hosted('https://abc.supabase.co'), 'ws://localhost:7880')).toContain(
      'ws://localhost:7880',
    )
  })

  test('lets nothing leave this machine in the clear', () => {
    expect(connectSources(starting, 'ws://192.168.1.2:7880')).toEqual(connectSources(starting, null))
    expect(connectSources(starting, 'http://sfu.example.org')).toEqual(connectSources(starting, null))
  })

  test('an address cannot smuggle a directive into the policy', () => {
    expect(connectSources(starting, 'wss://a;script-src *')).toEqual(connectSources(starting, null))
    expect(connectSources(starting, 'nonsense')).toEqual(connectSources(starting, null))
  })
})
