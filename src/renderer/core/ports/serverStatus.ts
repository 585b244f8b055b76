/** How one of the servers does. `unknown`: it could not be found out (nobody is signed in, or the backend is away). */
export type ServerReading = 'works' | 'notSetUp' | 'silent' | 'unknown'

/** What helps calls besides the backend. Nothing rejects. */
export interface ServerStatusPort {
  /** The server that carries rooms of more than four people. */
  mediaServer(): Promise<ServerReading>
  /** The TURN server for those behind strict networks, tried with a stream of its own. */
  relay(): Promise<ServerReading>
}
