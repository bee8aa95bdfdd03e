import { defineConfig } from 'drizzle-kit';

/** `npm run generate -w @tracewell/schema -- --name what_changes` writes the SQL that is then committed. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/postgres/tables.ts',
  out: './postgres',
});
