import postgres from 'postgres'

/** Counts rooms with somebody in them, and the people in them, until it is closed. Null: the database does not answer. */
export function openRoomCounter(databaseUrl: string) {
  const sql = postgres(databaseUrl, {
    max: 1,
    idle_timeout: 20,
    connect_timeout: 3,
    onnotice: () => {},
    connection: { application_name: 'studyhall-nearby' },
  })
  return {
    count: async (): Promise<{ readonly rooms: number; readonly people: number } | null> => {
      try {
        const [row] = await sql<{ rooms: number; people: number }[]>`
          select count(*)::int as rooms, coalesce(sum(participant_count), 0)::int as people
          from public.rooms where is_active and participant_count > 0`
        return row ?? null
      } catch {
        return null
      }
    },
    close: () => sql.end({ timeout: 2 }),
  }
}
