/** From the process that listens for the key. It tells of this one key and of nothing else. */
export type HookMessage =
  | { readonly kind: 'listening' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'key'; readonly isDown: boolean }
