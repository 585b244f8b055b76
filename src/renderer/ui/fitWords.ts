/**
 * What a bar gives up where its words do not fit, step by step: those of buttons that only open a menu, then of all whose `data-word` is
 * not set, then of all but those where it is `last`, then these too.
 */
const stages = ['all', 'some', 'few', 'fewest', 'none'] as const

/** The titles that were given here, also by a bar that was measured before. */
const given = new WeakMap<HTMLElement, string>()

/**
 * Says in `data-words` of a bar how many of its words there is room for, until the answer is called. It is measured, because the
 * same words are half as long again in one language as in another. A word that is left out is told on pointing instead.
 */
export function fitWords(bar: HTMLElement): () => void {
  const fit = () => {
    for (const stage of stages) {
      bar.dataset['words'] = stage
      if (bar.scrollWidth <= bar.clientWidth) break
    }
    for (const label of bar.querySelectorAll<HTMLElement>('[data-label]')) tellOnPointing(label)
  }
  fit()
  // The window's width, and what the buttons say; the attributes that are set here are neither.
  const sizes = new ResizeObserver(fit)
  sizes.observe(document.documentElement)
  const words = new MutationObserver(fit)
  words.observe(bar, { childList: true, characterData: true, subtree: true })
  return () => {
    sizes.disconnect()
    words.disconnect()
  }
}

/** Gives a button whose word is not seen that word as its title, and takes it back with the word; a title of its own stays. */
function tellOnPointing(label: HTMLElement): void {
  const button = label.closest('button')
  if (button === null || (button.title !== '' && button.title !== given.get(button))) return
  const isSeen = getComputedStyle(label).position !== 'absolute'
  const title = isSeen ? '' : (label.textContent ?? '')
  given.set(button, title)
  if (title === '') button.removeAttribute('title')
  else button.title = title
}
