import { createConnectivityPort } from '../adapters/network/createConnectivityPort.ts'
import { systemMachine } from './systemMachine.ts'

/** The page's own, and the system's. */
export const systemConnectivity = createConnectivityPort((listener) => systemMachine.watchChanges(listener))
