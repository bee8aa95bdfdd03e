import { createContext, Script } from 'node:vm';
import { ApiError } from '@tracewell/contract';
import { Ajv, type AnySchemaObject, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { RE2JS } from 're2js';

/** How long a schema may take to be understood, and then to judge one value; a client's schema may ask for ages. */
export const maxCompileMs = 1_000;
export const maxJudgeMs = 500;
/** Compiled schemas that are kept; the one unused longest goes first. */
const maxKept = 200;

/** What a value breaks first: where (`/answers/0`, '' for the whole value), and which rule. */
export interface Violation {
  path: string;
  message: string;
}
export type JudgeValue = (value: unknown) => Violation | null;

const kept = new Map<string, JudgeValue>();

/**
 * A JSON Schema (2020-12, or draft-07 where `$schema` says so) that judges values. Patterns are matched in linear
 * time and all work is cut off by time, as schemas come from clients. Nothing is loaded from elsewhere.
 * @param name what the schema is called where the client is told of a fault in it
 * @throws ApiError `invalid_request` when it is no schema that can be used
 */
export function compileSchema(name: string, schema: Record<string, unknown>): JudgeValue {
  const text = JSON.stringify(schema);
  const known = kept.get(text);
  if (known) {
    kept.delete(text);
    kept.set(text, known);
    return known;
  }
  const judge = compile(name, schema);
  const [oldest] = kept.size >= maxKept ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(text, judge);
  return judge;
}

function compile(name: string, schema: Record<string, unknown>): JudgeValue {
  const refuse = (reason: string) =>
    new ApiError(
      'invalid_request',
      `${name} is no JSON Schema that can be used: ${reason}. Send one of draft 2020-12 that needs no other document.`,
    );
  if (schema.$async !== undefined) throw refuse('$async has no meaning here');
  let validate: ReturnType<Ajv['compile']>;
  try {
    validate = runWithin(maxCompileMs, () => createAjv(schema).compile(schema as AnySchemaObject));
  } catch (error) {
    throw refuse(isTimeout(error) ? `it takes longer than ${maxCompileMs} ms to read` : reasonOf(error));
  }
  return (value) => {
    try {
      if (runWithin(maxJudgeMs, () => validate(value)) === true) return null;
    } catch (error) {
      const reason = isTimeout(error) ? `takes longer than ${maxJudgeMs} ms` : `fails: ${reasonOf(error)}`;
      return { path: '', message: `cannot be checked, as the schema ${reason}` };
    }
    const [first] = validate.errors ?? [];
    return { path: first?.instancePath ?? '', message: first?.message ?? 'does not fit' };
  };
}

const options: Options = {
  // Unknown keywords say nothing, as the standard has it; a value's first fault is enough, however long the value.
  strict: false,
  allErrors: false,
  logger: false,
  code: { regExp: Object.assign(linearPattern, { code: 'linearPattern' }) },
};

function createAjv({ $schema }: Record<string, unknown>): Ajv {
  const isDraft7 = typeof $schema === 'string' && /^https?:\/\/json-schema\.org\/draft-0[67]\//.test($schema);
  const ajv = isDraft7 ? new Ajv(options) : new Ajv2020(options);
  formats.default(ajv, { mode: 'fast' });
  return ajv;
}

function linearPattern(pattern: string) {
  const compiled = RE2JS.compile(pattern);
  // The compiler tells patterns apart by this text.
  return { test: (text: string) => compiled.matcher(text).find(), toString: () => JSON.stringify(pattern) };
}

const context = createContext({});
const script = new Script('run()');

/** Runs it here and stops it when the time is over: nothing else can stop what does not wait. */
function runWithin<Result>(timeoutMs: number, run: () => Result): Result {
  context.run = run;
  return script.runInContext(context, { timeout: timeoutMs }) as Result;
}

const isTimeout = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300);
