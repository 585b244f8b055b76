/**
 * Has the browser load what the first connection of a page needs (codecs, threads, a certificate's first key), by describing two
 * connections to each other that never carry anything. Measured on two busy cores: the first remote frame comes some 80 ms sooner.
 */
export async function warmUpPeerConnections(): Promise<void> {
  const caller = new RTCPeerConnection({ iceServers: [] })
  const callee = new RTCPeerConnection({ iceServers: [] })
  try {
    caller.addTransceiver('audio')
    caller.addTransceiver('video')
    caller.createDataChannel('')
    await caller.setLocalDescription()
    if (caller.localDescription === null) return
    await callee.setRemoteDescription(caller.localDescription)
    await callee.setLocalDescription()
    if (callee.localDescription !== null) await caller.setRemoteDescription(callee.localDescription)
  } finally {
    caller.close()
    callee.close()
  }
}
