import { createConnectivityPort } from '../adapters/network/createConnectivityPort.ts'

/** The page's own. */
export const systemConnectivity = createConnectivityPort()
