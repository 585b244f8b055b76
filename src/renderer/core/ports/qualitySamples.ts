import type { QualitySample } from '../../../shared/api/qualitySamples.ts'

/** Where measurements of a call go, for figures about the service. */
export interface QualitySamplesPort {
  /** Answers whether the sample was kept; it is not when there were too many, nobody is inside, or nobody answered. Never rejects. */
  send(
    stay: { readonly roomId: string; readonly connectionId: string },
    sample: QualitySample,
  ): Promise<boolean>
}
