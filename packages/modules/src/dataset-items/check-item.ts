import { ApiError } from '@tracewell/contract';
import { compileSchema, type JudgeValue } from '../json-schemas/index';

/** What an item has to fit. */
export interface ItemSchemas {
  inputSchema: unknown;
  expectedOutputSchema: unknown;
}

/** The rule of a dataset's schemas: the first thing an item breaks, in words; null when it fits. */
export type CheckItem = (item: { input?: unknown; expectedOutput?: unknown }) => string | null;

/** An absent payload is null, and judged as null. */
export function createItemCheck(schemas: ItemSchemas): CheckItem {
  const judges: [field: 'input' | 'expectedOutput', schema: string, judge: JudgeValue][] = [];
  if (isSchema(schemas.inputSchema)) {
    judges.push(['input', 'inputSchema', compileSchema('inputSchema', schemas.inputSchema)]);
  }
  if (isSchema(schemas.expectedOutputSchema)) {
    judges.push([
      'expectedOutput',
      'expectedOutputSchema',
      compileSchema('expectedOutputSchema', schemas.expectedOutputSchema),
    ]);
  }
  return (item) => {
    for (const [field, schema, judge] of judges) {
      const violation = judge(item[field] ?? null);
      if (violation) return `${field}${violation.path} ${violation.message} (${schema} of the dataset)`;
    }
    return null;
  };
}

const isSchema = (schema: unknown): schema is Record<string, unknown> =>
  typeof schema === 'object' && schema !== null;

/** Throws `invalid_request` naming the place in the item that does not fit. */
export function requireFit(
  check: CheckItem,
  item: { id: string; input?: unknown; expectedOutput?: unknown },
): void {
  const fault = check(item);
  if (fault === null) return;
  throw new ApiError(
    'invalid_request',
    `The item ${item.id} does not fit its dataset: ${fault}. Change the item, or the schema.`,
  );
}
