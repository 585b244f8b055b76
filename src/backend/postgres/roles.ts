/** The superuser, as on Supabase: for the platform itself and for Realtime, never for a request. */
export const superuser = 'supabase_admin'

/** The owner of the schema, who runs the migrations. As on hosted Supabase it is not a superuser. */
export const schemaOwner = 'postgres'

/** The login of the Auth and Data APIs, which becomes `anon`, `authenticated` or `service_role` for each request. */
export const apiLogin = 'studyhall_api'

/** The one database, named as on Supabase. */
export const databaseName = 'postgres'

/** A connection URL to the database on this machine. */
export function databaseUrl(role: string, password: string, port: number): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${databaseName}`
}
