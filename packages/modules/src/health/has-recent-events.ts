import type { Columnar } from '@tracewell/engines/columnar/port';

/** Whether anything of any project was written within the last three minutes: a watchdog of the whole path. */
export async function hasRecentEvents(columnar: Columnar): Promise<boolean> {
  const rows = await columnar.query<{ found: number }>({
    name: 'health.recentEvents',
    sql: `SELECT toUInt8(count() > 0) AS found FROM (
      SELECT 1 FROM observations WHERE start_time > now64(6) - INTERVAL 1 HOUR AND created_at > now64(6) - INTERVAL 3 MINUTE
      LIMIT 1)`,
  });
  return Number(rows[0]?.found ?? 0) === 1;
}
