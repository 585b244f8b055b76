/**
 * The controls of a page that stand out above or below of what cannot be scrolled to them, so that nobody gets at them; with the
 * place in pixels. Runs in the page.
 */
export function findCutControls(): readonly string[] {
  /** Of rounding. */
  const SLACK_PX = 1
  // What is behind a modal dialog is not to be reached at all.
  const scope = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document
  const controls = scope.querySelectorAll('button, input, select, textarea, a[href], summary, [tabindex="0"]')

  const isCut = (control: Element): boolean => {
    let { top, bottom } = control.getBoundingClientRect()
    let inner = control
    let isAbsolute = getComputedStyle(control).position === 'absolute'
    for (let outer = control.parentElement; outer !== null; outer = outer.parentElement) {
      // These stand above everything: only the window holds them.
      const isOnTop = inner.matches(':modal, :popover-open') || getComputedStyle(inner).position === 'fixed'
      if (isOnTop) break
      const { overflowY, position } = getComputedStyle(outer)
      const holds = !isAbsolute || position !== 'static'
      if (holds && overflowY !== 'visible') {
        const box = outer.getBoundingClientRect()
        const isScrolled = overflowY === 'auto' || overflowY === 'scroll'
        const firstPx = isScrolled ? box.top - outer.scrollTop : box.top
        const lastPx = isScrolled ? firstPx + outer.scrollHeight : box.bottom
        // Also what is above the beginning of what scrolls: it never comes down.
        if (top < firstPx - SLACK_PX || bottom > lastPx + SLACK_PX) return true
        if (isScrolled) ({ top, bottom } = box)
      }
      if (holds) isAbsolute = position === 'absolute'
      inner = outer
    }
    return top < -SLACK_PX || bottom > innerHeight + SLACK_PX
  }

  return [...controls]
    .filter((control) => {
      const { width, height } = control.getBoundingClientRect()
      // A tile becomes as small as the notices above it leave; what it offers, the list of people offers, too.
      const isAlsoElsewhere = control.closest('[data-testid="tile"]') !== null
      return width > 1 && height > 1 && control.checkVisibility() && !isAlsoElsewhere && isCut(control)
    })
    .map((control) => {
      const { top, bottom } = control.getBoundingClientRect()
      const name = control.getAttribute('aria-label') ?? control.textContent ?? ''
      return `${control.tagName.toLowerCase()} "${name}" from ${Math.round(top)} to ${Math.round(bottom)} px`
    })
}
