import { z } from 'zod'
import type { QualitySamplesPort } from '../../core/ports/qualitySamples.ts'
import { callFunction } from './callFunction.ts'
import type { RequestOptions } from './sendRequest.ts'

const keptSchema = z.object({ accepted: z.boolean() })

/** Measurements by `record_quality_sample` of the Data API. */
export function createQualitySamplesPort(options: RequestOptions): QualitySamplesPort {
  return {
    async send(stay, sample) {
      const answer = await callFunction(
        options,
        'record_quality_sample',
        { p_room_id: stay.roomId, p_connection_id: stay.connectionId, p_sample: sample },
        keptSchema,
      )
      return answer.ok && answer.value.accepted
    },
  }
}
