import type { z } from 'zod';
import type { Scope } from './scopes';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Shape = z.ZodType<Record<string, unknown>>;
type Responses = Readonly<Record<number, z.ZodType>>;

/**
 * One operation of the API: routing, validation, the right it needs and its page in `openapi.json` all follow
 * from it. `scope` has no default on purpose: an operation that does not say what it needs does not compile.
 */
export interface Operation<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends z.ZodType = z.ZodType,
  Answers extends Responses = Responses,
> {
  /** camelCase, unique; the name of the operation in typed clients. */
  id: string;
  method: Method;
  /** With `{name}` for what `params` holds. */
  path: `/${string}`;
  scope: Scope;
  summary: string;
  tag: string;
  deprecated?: boolean;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Content types of a body that is kept as it came: the write side reads it, `body` only describes it. */
  rawBody?: readonly string[];
  /** Content types of an answer that is a file: the handler gives a `Response`, whose body is no JSON of a schema. */
  file?: readonly string[];
  /** Status of success → schema of its body. Failures are the same for all and not listed. */
  responses: Answers;
}

export const defineOperation = <
  Params extends Shape = z.ZodObject,
  Query extends Shape = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  const Answers extends Responses = Responses,
>(
  operation: Operation<Params, Query, Body, Answers>,
): Operation<Params, Query, Body, Answers> => operation;

export type ParamsOf<O> = O extends { params?: infer S extends z.ZodType } ? z.output<S> : never;
export type QueryOf<O> = O extends { query?: infer S extends z.ZodType } ? z.output<S> : never;
export type BodyOf<O> = O extends { body?: infer S extends z.ZodType } ? z.output<S> : never;
/** What a handler may return: the body of one of its successes. */
export type AnswerOf<O extends Operation> = {
  [Status in keyof O['responses']]: O['responses'][Status] extends z.ZodType
    ? z.output<O['responses'][Status]>
    : never;
}[keyof O['responses']];
