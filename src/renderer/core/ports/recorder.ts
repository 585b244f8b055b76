/** Somebody as a recording shows them. Nobody else is drawn or heard in it. */
export interface RecordedPerson {
  /** Null: ourselves. */
  readonly connectionId: string | null
  readonly displayName: string
  /** What of them there is: without a camera their initials stand in its place. */
  readonly hasCamera: boolean
  readonly hasScreen: boolean
}

/** Why a recorder cannot go on. */
export type RecorderFailure = 'unsupported' | 'broken'

export interface RecorderHandlers {
  /** The next piece of the file, in order. */
  handlePiece(bytes: Uint8Array<ArrayBuffer>): void
  /** It has ended by itself; `stop` is still to be called. */
  handleFailed(failure: RecorderFailure): void
}

/** A recording under way. */
export interface RecorderSession {
  /** Who is in it from now on. */
  setPeople(people: readonly RecordedPerson[]): void
  /** While paused nothing of anybody goes into it. */
  setPaused(isPaused: boolean): void
  /** Ends it; resolves once the last piece was handed out. Never rejects. */
  stop(): Promise<void>
}

/** Makes one picture and one sound of a call, as WebM. */
export interface RecorderPort {
  /** Never rejects, and calls back only once it has returned. */
  start(people: readonly RecordedPerson[], handlers: RecorderHandlers): RecorderSession
  /** In which each person is drawn, at most, in pixels. */
  readonly size: { readonly width: number; readonly height: number }
}
