import { ColumnarError } from '@tracewell/engines/columnar/port';

/**
 * ClickHouse's codes for a value that a row's column cannot hold. A code that is not here (no such column or
 * table, read-only, no rights, no memory …) speaks of the store, whatever the row: its rows are kept and tried
 * again, as a store can be mended and a discarded row cannot.
 */
export const rowFaultCodes: ReadonlyMap<number, string> = new Map([
  [6, 'CANNOT_PARSE_TEXT'],
  [25, 'CANNOT_PARSE_ESCAPE_SEQUENCE'],
  [26, 'CANNOT_PARSE_QUOTED_STRING'],
  [27, 'CANNOT_PARSE_INPUT_ASSERTION_FAILED'],
  [38, 'CANNOT_PARSE_DATE'],
  [41, 'CANNOT_PARSE_DATETIME'],
  [53, 'TYPE_MISMATCH'],
  [69, 'ARGUMENT_OUT_OF_BOUND'],
  [70, 'CANNOT_CONVERT_TYPE'],
  [72, 'CANNOT_PARSE_NUMBER'],
  [117, 'INCORRECT_DATA'],
  [130, 'CANNOT_READ_ARRAY_FROM_TEXT'],
  [131, 'TOO_LARGE_STRING_SIZE'],
  [321, 'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE'],
  [349, 'CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN'],
  [376, 'CANNOT_PARSE_UUID'],
  [407, 'DECIMAL_OVERFLOW'],
  [467, 'CANNOT_PARSE_BOOL'],
  [469, 'VIOLATED_CONSTRAINT'],
  [691, 'UNKNOWN_ELEMENT_OF_ENUM'],
]);

/** A column that the table does not have comes under the code of a value that is wrong. */
const missingColumn = /unknown field found/i;

/** Whether the store refused an insert for what a row holds, and not for its own state. */
export function isRowFault(error: unknown): error is ColumnarError {
  return (
    error instanceof ColumnarError && rowFaultCodes.has(error.code) && !missingColumn.test(error.message)
  );
}

/** The store's own name for why an insert failed, as a metric's label: `UNKNOWN_TABLE`; `NO_ANSWER` without one. */
export function causeOf(error: unknown): string {
  if (isRowFault(error)) return rowFaultCodes.get(error.code)!;
  if (error instanceof ColumnarError && missingColumn.test(error.message)) return 'UNKNOWN_FIELD';
  const { type } = ((error as Error | undefined)?.cause ?? {}) as { type?: unknown };
  if (typeof type === 'string' && type !== '') return type;
  return error instanceof ColumnarError ? `CODE_${error.code}` : 'NO_ANSWER';
}
