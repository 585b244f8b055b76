/**
 * The prebuilt bundle brings its own stream and buffer, so that the renderer needs no Node polyfills. Declared here with only
 * what is used: the package's community types drag all of Node's globals into the renderer.
 */
declare module 'simple-peer/simplepeer.min.js' {
  interface SimplePeerOptions {
    readonly initiator: boolean
    readonly trickle: boolean
    readonly config: RTCConfiguration
    readonly stream?: MediaStream
    /** The way to reach simple-peer's connection: it calls this with `new`, and takes what an ordinary function returns. */
    readonly wrtc?: {
      readonly RTCPeerConnection: (this: unknown) => RTCPeerConnection
      readonly RTCSessionDescription: typeof RTCSessionDescription
      readonly RTCIceCandidate: typeof RTCIceCandidate
    }
  }

  export default class SimplePeer {
    constructor(options: SimplePeerOptions)
    readonly destroyed: boolean
    /** Whether `send` can be called. */
    readonly connected: boolean
    /** Bytes that wait to be sent. */
    readonly bufferSize: number
    send(chunk: string): void
    signal(data: unknown): void
    destroy(): void
    on(event: 'signal', listener: (data: unknown) => void): this
    on(event: 'error', listener: (error: Error & { readonly code?: string }) => void): this
    on(event: 'data', listener: (data: unknown) => void): this
    on(event: 'close', listener: () => void): this
    on(event: 'stream', listener: (stream: MediaStream) => void): this
  }
}
