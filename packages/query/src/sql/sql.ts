/**
 * SQL text that cannot hold a client's value: a fragment is made of literal template text, other fragments and
 * parameters, and nothing else type-checks (or passes at run time). Values travel beside the text.
 */
export type ParamType = 'String' | 'Array(String)' | 'Float64' | 'Int64' | 'UInt32';

export class Param {
  constructor(
    readonly type: ParamType,
    readonly value: string | number | readonly string[],
  ) {}
}

export class Sql {
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly (Sql | Param)[],
  ) {}
}

export function sql(texts: TemplateStringsArray, ...values: (Sql | Param)[]): Sql {
  for (const value of values) {
    if (!(value instanceof Sql || value instanceof Param)) {
      throw new TypeError('Only fragments and parameters can stand in SQL; wrap a value in text(), int() …');
    }
  }
  return new Sql(texts, values);
}

export const text = (value: string): Param => new Param('String', value);
export const textList = (value: readonly string[]): Param => new Param('Array(String)', value);
export const float = (value: number): Param => new Param('Float64', finite(value));
export const int = (value: number): Param => new Param('Int64', Math.trunc(finite(value)));
export const count = (value: number): Param => new Param('UInt32', Math.trunc(finite(value)));
/** Microseconds since the epoch as a time of the store. */
export const time = (value: number): Sql => sql`fromUnixTimestamp64Micro(${int(value)}, 'UTC')`;

/** A name from a column table of ours; never from a client. */
export function identifier(name: string): Sql {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`Not a name of a column: ${name}`);
  return new Sql([name], []);
}

export const joinSql = (parts: readonly Sql[], separator: ' AND ' | ' OR ' | ', '): Sql =>
  new Sql(['', ...parts.slice(1).map(() => separator), ''], parts);

/** Every condition holds; `1` when there is none. */
export function allOf(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return sql`1`;
  return joinSql(
    conditions.map((condition) => sql`(${condition})`),
    ' AND ',
  );
}

export interface CompiledSql {
  sql: string;
  params: Record<string, string | number | readonly string[]>;
}

export function compileSql(fragment: Sql): CompiledSql {
  const params: CompiledSql['params'] = {};
  let parameters = 0;
  const render = ({ texts, values }: Sql): string => {
    let result = texts[0] ?? '';
    for (const [index, value] of values.entries()) {
      if (value instanceof Sql) result += render(value);
      else {
        const name = `p${parameters++}`;
        params[name] = value.value;
        result += `{${name}:${value.type}}`;
      }
      result += texts[index + 1] ?? '';
    }
    return result;
  };
  return { sql: render(fragment), params };
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`Not a finite number: ${value}`);
  return value;
}
