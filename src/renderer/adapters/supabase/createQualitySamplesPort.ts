import { z } from 'zod'
import type { QualitySamplesPort } from '../../core/ports/qualitySamples.ts'
import { type RoomsPortOptions, sendRequest } from './createRoomsPort.ts'

const keptSchema = z.object({ accepted: z.boolean() })

/** Measurements by `record_quality_sample` of the Data API. */
export function createQualitySamplesPort(options: RoomsPortOptions): QualitySamplesPort {
  return {
    async send(stay, sample) {
      const answer = await sendRequest(options, {
        method: 'POST',
        address: `${options.url}/rest/v1/rpc/record_quality_sample`,
        schema: keptSchema,
        body: { p_room_id: stay.roomId, p_connection_id: stay.connectionId, p_sample: sample },
        headers: {},
      })
      return answer.ok && answer.value.accepted
    },
  }
}
