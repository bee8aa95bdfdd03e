import type { Microseconds } from '@tracewell/domain';
import type { RowWriter } from './row-writer';

/**
 * How the values of a column are written in RowBinary. `type` is what the table says; a test holds every column
 * against the table itself, as a wrong one would be read as another value, not refused.
 *
 * A value a column cannot hold throws `UnstorableValue`: its row is the one at fault, not its neighbours.
 */
export interface Column<Value> {
  type: string;
  write(writer: RowWriter, value: Value): void;
  /** Written for a row that does not name the column. */
  missing: Value;
}

export class UnstorableValue extends Error {
  override readonly name = 'UnstorableValue';
}

export const text: Column<string> = {
  type: 'String',
  missing: '',
  write: (writer, value) => writer.text(value),
};

/** A text of few different values. */
export const lowText: Column<string> = { ...text, type: 'LowCardinality(String)' };

export const bool: Column<boolean> = {
  type: 'Bool',
  missing: false,
  write: (writer, value) => writer.byte(value ? 1 : 0),
};

export const uint8: Column<number> = {
  type: 'UInt8',
  missing: 0,
  write: (writer, value) => writer.byte(requireWhole(value, 0xff)),
};

export const uint32: Column<number> = {
  type: 'UInt32',
  missing: 0,
  write: (writer, value) => writer.uint32(requireWhole(value, 0xffff_ffff)),
};

export const uint64: Column<number> = {
  type: 'UInt64',
  missing: 0,
  write: (writer, value) => writer.uint64(requireWhole(value, Number.MAX_SAFE_INTEGER)),
};

export const float64: Column<number> = {
  type: 'Float64',
  missing: 0,
  write(writer, value) {
    if (!Number.isFinite(value)) throw new UnstorableValue(`${value} is no number that can be kept`);
    writer.float64(value);
  },
};

export const time: Column<Microseconds> = {
  type: "DateTime64(6, 'UTC')",
  missing: 0,
  write: (writer, value) => writer.uint64(requireWhole(value, Number.MAX_SAFE_INTEGER)),
};

export function enumeration<Name extends string>(...names: Name[]): Column<Name> {
  const numbers = new Map<string, number>(names.map((name, number) => [name, number]));
  return {
    type: `Enum8(${names.map((name, number) => `'${name}' = ${number}`).join(', ')})`,
    missing: names[0]!,
    write(writer, value) {
      const number = numbers.get(value);
      if (number === undefined) throw new UnstorableValue(`${value} is none of ${names.join(', ')}`);
      writer.byte(number);
    },
  };
}

export function nullable<Value>(column: Column<Value>): Column<Value | null> {
  return {
    type: `Nullable(${column.type})`,
    missing: null,
    write(writer, value) {
      writer.byte(value === null ? 1 : 0);
      if (value !== null) column.write(writer, value);
    },
  };
}

export function list<Value>(column: Column<Value>): Column<readonly Value[]> {
  return {
    type: `Array(${column.type})`,
    missing: [],
    write(writer, values) {
      writer.length(values.length);
      for (const value of values) column.write(writer, value);
    },
  };
}

export function map<Value>(key: Column<string>, column: Column<Value>): Column<Record<string, Value>> {
  return {
    type: `Map(${key.type}, ${column.type})`,
    missing: {},
    write(writer, values) {
      const keys = Object.keys(values);
      writer.length(keys.length);
      for (const name of keys) {
        key.write(writer, name);
        column.write(writer, values[name]!);
      }
    },
  };
}

function requireWhole(value: number, greatest: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= greatest) return value;
  throw new UnstorableValue(`${value} is no whole number from 0 to ${greatest}`);
}
