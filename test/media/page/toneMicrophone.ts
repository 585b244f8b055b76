/** As loud as speech; what is not silent for a listener must be far from what is. */
const TONE_GAIN = 0.3

/** The tracks that were opened as microphones. */
const opened: MediaStreamTrack[] = []

/** Whether anything of the microphone that was opened last may leave this page. */
export function isToneEnabled(): boolean {
  return opened.at(-1)?.enabled === true
}

/** From now on the microphone of this page gives a steady tone, so that a listener can tell who is heard, and how often at once. */
export function useToneAsMicrophone(frequencyHz: number): void {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
    if (!constraints.audio || constraints.video) return await open(constraints)
    const context = new AudioContext()
    const tone = new OscillatorNode(context, { frequency: frequencyHz })
    const gain = new GainNode(context, { gain: TONE_GAIN })
    const destination = new MediaStreamAudioDestinationNode(context)
    tone.connect(gain).connect(destination)
    tone.start()
    await context.resume()
    opened.push(...destination.stream.getAudioTracks())
    return destination.stream
  }
}
