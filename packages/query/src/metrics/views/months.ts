import { type Sql, sql } from '../../sql/sql';

/** `2026-01` and `2026-01-31`, in UTC. */
export const monthOf = (time: Sql): Sql => sql`formatDateTime(${time}, '%Y-%m')`;
export const dayOf = (time: Sql): Sql => sql`formatDateTime(${time}, '%Y-%m-%d')`;
