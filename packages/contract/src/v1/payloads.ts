import { z } from 'zod';
import { defineOperation } from '../operation';

/** Observations whose payloads one answer has. */
export const maxPayloadsAtOnce = 20;

const observationIds = z.string().transform((text, context): string[] => {
  const parsed = z.array(z.string().min(1).max(800)).min(1).max(maxPayloadsAtOnce).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: `must be a JSON array of 1 to ${maxPayloadsAtOnce} ids, such as ["a","b"]`,
  });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const exploreTracePayloads = defineOperation({
  id: 'exploreTracePayloads',
  method: 'GET',
  path: '/api/v1/projects/{projectId}/traces/{traceId}/payloads',
  scope: 'traces:read',
  tag: 'Explore',
  summary:
    'Inputs and outputs of several observations of a trace; what is very large is left out, with its size.',
  params: z.object({ projectId: z.string().min(1), traceId: z.string().min(1).max(800) }),
  query: z.object({
    /** JSON array of ids. */
    observationIds,
  }),
  responses: {
    200: z.object({
      /** In the order asked for; an id that the trace has not is left out. */
      data: z.array(
        z.object({
          id: z.string(),
          /** JSON or plain text; null when absent, or larger than 512 KiB. */
          input: z.string().nullable(),
          output: z.string().nullable(),
          /** Bytes. */
          inputBytes: z.int(),
          outputBytes: z.int(),
        }),
      ),
    }),
  },
});
