import { Component, type ErrorInfo, type ReactNode } from 'react'
import { BootCrashedScreen } from '../features/boot/BootCrashedScreen.tsx'

/** Catches bugs in what is drawn: a calm sentence and a way back, in place of an empty window. */
export class ErrorBoundary extends Component<
  { readonly children: ReactNode },
  { readonly hasCrashed: boolean }
> {
  override state = { hasCrashed: false }

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('A screen failed.', error, info.componentStack)
  }

  override render(): ReactNode {
    return this.state.hasCrashed ? (
      <BootCrashedScreen onReload={() => location.reload()} />
    ) : (
      this.props.children
    )
  }
}
