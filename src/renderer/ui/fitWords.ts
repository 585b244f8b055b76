/** What a bar gives up where its words do not fit, step by step: those of buttons that only open something first. */
const stages = ['all', 'some', 'none'] as const

/**
 * Says in `data-words` of a bar how many of its words there is room for, until the answer is called. It is measured, because the
 * same words are half as long again in one language as in another.
 */
export function fitWords(bar: HTMLElement): () => void {
  const fit = () => {
    for (const stage of stages) {
      bar.dataset['words'] = stage
      if (bar.scrollWidth <= bar.clientWidth) return
    }
  }
  fit()
  // The window's width, and what the buttons say; the attribute that is set here is neither.
  const sizes = new ResizeObserver(fit)
  sizes.observe(document.documentElement)
  const words = new MutationObserver(fit)
  words.observe(bar, { childList: true, characterData: true, subtree: true })
  return () => {
    sizes.disconnect()
    words.disconnect()
  }
}
