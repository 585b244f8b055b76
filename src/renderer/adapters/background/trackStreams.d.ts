/*
 * Parts of the W3C's "MediaStreamTrack Insertable Media Processing using Streams" as Chromium has them in windows; TypeScript's
 * library does not know them yet.
 */

declare class MediaStreamTrackProcessor {
  constructor(options: { readonly track: MediaStreamTrack; readonly maxBufferSize?: number })
  readonly readable: ReadableStream<VideoFrame>
}

declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(options: { readonly kind: 'video' })
  readonly writable: WritableStream<VideoFrame>
}
