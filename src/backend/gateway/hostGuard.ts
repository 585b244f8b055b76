const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Whether a request's Host header names this machine.
 *
 * SECURITY: a web page can point a name of its own at 127.0.0.1 and so talk to us as its own origin (DNS rebinding);
 * its requests carry that name.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(\[[0-9a-f:]+\]|[^:[\]]+)(:\d{1,5})?$/i.exec(host ?? '')?.[1]
  return name !== undefined && loopbackNames.has(name.toLowerCase())
}
