import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/** A part of the app whose code comes later. */
export interface LazyPart<P> {
  /** Shows the part at once when its code is there, and `fallback` until then. */
  readonly Part: (props: { readonly fallback: ReactNode; readonly with: P }) => ReactNode
  /** Fetches the code ahead of need. */
  readonly prefetch: () => void
}

/**
 * Like React's `lazy`, except that code which was fetched ahead is shown in the same frame: `lazy` would suspend first, and a
 * fallback once shown stays for 300 ms.
 */
export function createLazyPart<P extends object>(load: () => Promise<ComponentType<P>>): LazyPart<P> {
  let loaded: ComponentType<P> | null = null
  let loading: Promise<ComponentType<P>> | null = null

  const fetch = async (): Promise<ComponentType<P>> => {
    loading ??= load()
    try {
      loaded = await loading
      return loaded
    } catch (error) {
      // The next try asks again.
      loading = null
      throw error
    }
  }

  return {
    prefetch: () => void fetch().catch(() => undefined),
    Part({ fallback, with: props }) {
      const [Component, setComponent] = useState<ComponentType<P> | null>(() => loaded)
      const [failure, setFailure] = useState<unknown>(null)
      useEffect(() => {
        if (Component === null) fetch().then((next) => setComponent(() => next), setFailure)
      }, [Component])
      if (failure !== null) throw failure
      return Component === null ? fallback : <Component {...props} />
    },
  }
}
