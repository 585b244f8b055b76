import type { Person } from './person.ts'

/**
 * Presses "Join now" and answers the milliseconds until the first frame of the other person wider than 2 pixels, by the
 * page's own clock, so that driving the page costs nothing.
 */
export async function measureJoin(person: Person, otherName: string): Promise<number> {
  return person.page.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        let startedAtMs = Number.NaN
        const watched = new WeakSet<HTMLVideoElement>()
        const observer = new MutationObserver(() => {
          const tile = [...document.querySelectorAll('[data-testid="tile"]')].find((candidate) =>
            candidate.getAttribute('aria-label')?.startsWith(name),
          )
          const video = tile?.querySelector('video')
          if (!video || watched.has(video)) return
          watched.add(video)
          const look: VideoFrameRequestCallback = (nowMs, frame) => {
            if (frame.width <= 2) video.requestVideoFrameCallback(look)
            else {
              observer.disconnect()
              resolve(nowMs - startedAtMs)
            }
          }
          video.requestVideoFrameCallback(look)
        })
        observer.observe(document.body, { childList: true, subtree: true })
        const button = [...document.querySelectorAll('button')].find((candidate) =>
          candidate.textContent.includes('Join now'),
        )
        startedAtMs = performance.now()
        button?.click()
      }),
    otherName,
  )
}
