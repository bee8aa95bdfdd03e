import { sql } from 'drizzle-orm';
import { customType, timestamp } from 'drizzle-orm/pg-core';

/** Every instant is stored with its zone; the wire shows milliseconds, so more precision would never be read. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const createdAt = () => instant('created_at').notNull().default(sql`now()`);
export const updatedAt = () => instant('updated_at').notNull().default(sql`now()`);

/**
 * JSON that comes back as it was given. `jsonb` sorts keys, and Drizzle's own `json` and `jsonb` parse what the
 * driver has parsed: the text `"12"` would come back as the number 12.
 */
export const exactJson = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'json',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => value,
});
