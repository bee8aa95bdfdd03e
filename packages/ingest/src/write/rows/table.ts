import type { Column } from './column';
import { RowWriter } from './row-writer';

/** A table as it is written to: its columns in the order in which a row holds them. */
export interface Table<Row> {
  name: string;
  columns: readonly string[];
  /** The type of each column, as the table has it. */
  types: readonly string[];
  /** The row in RowBinary. Columns that the row does not name get the value the column has for that. */
  encode(row: Partial<Row>): Uint8Array;
}

type Columns = Record<string, Column<unknown>>;
export type RowOf<Shape extends Columns> = {
  [Name in keyof Shape]: Shape[Name] extends Column<infer Value> ? Value : never;
};

export function defineTable<Shape extends Columns>(name: string, columns: Shape): Table<RowOf<Shape>> {
  const entries = Object.entries(columns);
  const writer = new RowWriter();
  return {
    name,
    columns: entries.map(([column]) => column),
    types: entries.map(([, { type }]) => type),
    encode(row) {
      try {
        for (const [column, { write, missing }] of entries) {
          write(writer, (row as Record<string, unknown>)[column] ?? missing);
        }
      } catch (error) {
        writer.dropRow();
        throw error;
      }
      return writer.endRow();
    },
  };
}
