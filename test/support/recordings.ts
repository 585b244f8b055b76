import type { ConsentAnswer, Recording } from '../../src/shared/domain/recording.ts'

/** A recording that Ada has asked for, as the database tells it at that moment; answers by the names of people. */
export function createRecording(
  status: Recording['status'],
  answers: Readonly<Record<string, ConsentAnswer>>,
  atMs: number,
  fields: Partial<Recording> = {},
): Recording {
  return {
    id: 'recording',
    status,
    requesterId: 'user-Ada',
    startedAt: status === 'requested' ? null : new Date(0).toISOString(),
    endReason: null,
    answers: Object.entries(answers).map(([name, answer]) => ({ userId: `user-${name}`, answer })),
    serverNow: new Date(atMs).toISOString(),
    ...fields,
  }
}
