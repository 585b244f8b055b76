import type { HonoRequest } from 'hono'
import type { z } from 'zod'
import type { ApiErrorCode } from '../../../src/shared/api/errors.ts'
import type { Result } from '../../../src/shared/result.ts'
import type { Refusal } from './refusal.ts'

/** What a handler is given; everything but `request` has been checked by the route's schemas. */
export interface RouteInput<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  H extends z.ZodType,
> {
  /** The user's bearer token, not yet verified: the database does that with each call. Empty where none is asked for. */
  readonly token: string
  readonly params: z.output<P>
  readonly query: z.output<Q>
  readonly headers: z.output<H>
  readonly body: z.output<B>
  readonly request: HonoRequest
}

/** One operation of the HTTP API. The app, the OpenAPI document and the tests are all made from these. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  H extends z.ZodType = z.ZodType,
> {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** Hono's syntax, below `/api`: `/rooms/:id/join`. */
  readonly path: string
  readonly operationId: string
  readonly summary: string
  /** More than the summary says, as Markdown. */
  readonly description?: string
  /** Groups operations in the OpenAPI document. */
  readonly tag?: string
  /**
   * `user`: a bearer token is needed, and verified by the database. `secret`: a secret key of the project, as bearer token
   * or as `apikey`. `open`: nothing is checked before the handler.
   */
  readonly access: 'user' | 'secret' | 'open'
  readonly params?: P
  /** The query as it is written: every value is text, and given once. */
  readonly query?: Q
  /** The headers that the route reads, by their lower-case names. */
  readonly headers?: H
  /** A JSON body; an empty one counts as `{}`. Without a schema the body is not read. */
  readonly body?: B
  /** A body that is not JSON: the handler reads it from `request`. Told in the OpenAPI document. */
  readonly rawBodyType?: string
  /** Bytes of body that are taken; `API_BODY_MAX_BYTES` unless told. */
  readonly maxBodyBytes?: number
  readonly answer: {
    readonly status: 200 | 201 | 204
    readonly schema?: z.ZodType
    /** Of an answer that is not JSON: the handler's value is its text. */
    readonly contentType?: string
    readonly description?: string
  }
  /** True where it may end stays or change what people may send: the media server has to follow at once. */
  readonly changesMedia?: boolean
  /** What it may refuse with, besides what its access and its schemas imply. */
  readonly refusals: readonly ApiErrorCode[]
  /** Answers the body to send: nothing with 204, text with a `contentType`, or a whole `Response`. */
  handle(input: RouteInput<P, Q, B, H>): Promise<Result<unknown, Refusal>>
}

/** Keeps what the schemas say about the handler's input. */
export function defineRoute<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  H extends z.ZodType = z.ZodType,
>(route: Route<P, Q, B, H>): Route {
  return route
}
