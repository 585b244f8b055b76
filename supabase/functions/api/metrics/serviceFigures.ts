import { z } from 'zod'

const figureSchema = z.number().nullable()
const topologySchema = z.enum(['mesh', 'sfu'])

/** What `read_metrics()` answers; the names of the columns of schema `metrics`. */
export const serviceFiguresSchema = z.object({
  roomsNow: z.array(
    z.object({ topology: topologySchema, rooms: z.number(), occupied_rooms: z.number(), people: z.number() }),
  ),
  activity: z.array(
    z.object({
      window_name: z.string(),
      kind: z.enum(['created', 'closed', 'joined', 'topology_changed']),
      per_second: z.number(),
    }),
  ),
  leaves: z.array(z.object({ window_name: z.string(), reason: z.string(), per_second: z.number() })),
  durations: z.array(
    z.object({
      window_name: z.string(),
      average_seconds: figureSchema,
      p50_seconds: figureSchema,
      p90_seconds: figureSchema,
      p99_seconds: figureSchema,
    }),
  ),
  quality: z.array(
    z.object({
      topology: topologySchema,
      figure: z.string(),
      average: figureSchema,
      p50: figureSchema,
      p90: figureSchema,
      p99: figureSchema,
    }),
  ),
  shares: z.array(
    z.object({ topology: topologySchema, feature: z.string(), value: z.string(), samples: z.number() }),
  ),
  connections: z.array(
    z.object({
      topology: topologySchema,
      attempts: z.number(),
      successes: z.number(),
      success_ratio: figureSchema,
    }),
  ),
  bandwidth: z.array(
    z.object({
      topology: topologySchema,
      rooms: z.number(),
      up_bps: figureSchema,
      down_bps: figureSchema,
      p50_bps: figureSchema,
      p90_bps: figureSchema,
    }),
  ),
  concurrentPeople: figureSchema,
  cost: z.object({ per_hour: figureSchema, per_person_hour: figureSchema }),
})
export type ServiceFigures = z.infer<typeof serviceFiguresSchema>
