/** A stage that our own tracks of one kind go through on their way from the device to everybody. */
export interface TrackStage {
  /**
   * Takes what the device gives from now on; null: it is off. What is to be sent is told by `onOutput`, at once and whenever it
   * changes; null sends nothing. Tracks that the stage has made end with it, the device's own is left alone.
   */
  feed(source: MediaStreamTrack | null, onOutput: (track: MediaStreamTrack | null) => void): void
}
