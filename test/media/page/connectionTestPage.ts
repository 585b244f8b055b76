import { createConnectionTestPort } from '../../../src/renderer/adapters/connectionTest/createConnectionTestPort.ts'
import { createConnectionTest } from '../../../src/renderer/controllers/connectionTest/createConnectionTest.ts'
import type { ConnectionTestState } from '../../../src/renderer/controllers/contracts.ts'

/** What a test asks of the page. */
export interface ConnectionTestOptions {
  readonly url: string
  readonly publishableKey: string
  readonly token: string
}

declare global {
  interface Window {
    testConnection(options: ConnectionTestOptions): Promise<ConnectionTestState>
  }
}

window.testConnection = async ({ url, publishableKey, token }) => {
  const connectionTest = createConnectionTest({
    port: createConnectionTestPort({ url, publishableKey, accessToken: () => Promise.resolve(token) }),
    clock: {
      now: () => Date.now(),
      schedule(delayMs, action) {
        const timer = setTimeout(action, delayMs)
        return () => clearTimeout(timer)
      },
    },
    deviceClass: 'strong',
  })
  await connectionTest.start({ anew: true })
  return connectionTest.store.getState()
}
