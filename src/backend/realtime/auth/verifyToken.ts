import { errors, jwtVerify } from 'jose'
import { err, ok, type Result } from '../../../shared/result.ts'

/** What a token says about its bearer. `expiresAtMs` is null for the project's own keys. */
export interface TokenClaims {
  readonly role: string
  readonly expiresAtMs: number | null
  /** Everything that the token holds, for `request.jwt.claims`. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** Why a token is refused. */
export type TokenError =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'badSignature' }
  | { readonly kind: 'missingClaims' }
  | { readonly kind: 'expired'; readonly secondsAgo: number }

/** Checks a token against the project's keys and secret. */
export type VerifyToken = (token: string) => Promise<Result<TokenClaims, TokenError>>

export interface TokenVerifierOptions {
  readonly jwtSecret: string
  readonly apiKeys: { readonly publishable: string; readonly secret: string }
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Accepts the two API keys, opaque or not, and access tokens signed with the secret. Like Supabase it wants `role`
 * and `exp` in every token; an opaque key stands for the role that its kind names.
 */
export function createTokenVerifier(options: TokenVerifierOptions): VerifyToken {
  const secret = new TextEncoder().encode(options.jwtSecret)
  const keyClaims = new Map<string, TokenClaims>([
    [options.apiKeys.publishable, projectKey('anon')],
    [options.apiKeys.secret, projectKey('service_role')],
  ])
  return async (token) => {
    const known = keyClaims.get(token)
    if (known !== undefined) return ok(known)
    const nowMs = options.now()
    try {
      // SECURITY: only HMAC algorithms; "none" and public-key algorithms never reach the secret.
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256', 'HS384', 'HS512'],
        currentDate: new Date(nowMs),
      })
      const { role, exp } = payload
      if (typeof role !== 'string' || typeof exp !== 'number') return err({ kind: 'missingClaims' })
      return ok({ role, expiresAtMs: exp * 1_000, claims: payload })
    } catch (error) {
      return err(toTokenError(error, nowMs))
    }
  }
}

function projectKey(role: string): TokenClaims {
  return { role, expiresAtMs: null, claims: { role } }
}

function toTokenError(error: unknown, nowMs: number): TokenError {
  if (error instanceof errors.JWTExpired) {
    const expiredAtS = error.payload.exp ?? 0
    return { kind: 'expired', secondsAgo: Math.max(0, Math.floor(nowMs / 1_000 - expiredAtS)) }
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return { kind: 'badSignature' }
  return { kind: 'malformed' }
}
