import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { type ModelStandIn, startModelStandIn } from '@tracewell/testkit/model-stand-in';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPythonClient } from './python-client';

/** What `python/reading.py` tells of a trace. */
export interface ReadTrace {
  name: string;
  user: string;
  session: string;
  tags: string[];
  metadata: Record<string, unknown>;
  input: unknown;
  output: unknown;
  cost: number;
  observations: Record<string, ReadObservation>;
}

export interface ReadObservation {
  type: string;
  /** Name of the observation above; null of a root. */
  parent: string | null;
  input: unknown;
  output: unknown;
  model: string | null;
  parameters: Record<string, unknown> | null;
  usage: Record<string, number>;
  cost: number | null;
  prompt: [string | null, number | null];
  level: string;
  status: string | null;
  metadata: Record<string, unknown>;
  streamed: boolean;
}

/** One program and the environments in which it runs, as `tools/python-clients.sh` names them. */
export interface Program {
  script: string;
  environments: readonly string[];
  /** Of the value that the program printed. */
  check(value: unknown, environment: string): void;
  /** What the client has to say of calls that are meant to fail; nothing else is allowed. */
  warnings?: string;
}

/** A test for every environment of every program, all against one instance and one stand-in for the models. */
export function testWithModels(subject: string, programs: readonly Program[]): void {
  let instance: Instance;
  let models: ModelStandIn;
  beforeAll(async () => {
    models = await startModelStandIn();
    instance = await startInstance();
  });
  afterAll(async () => {
    await instance?.dispose();
    await models?.dispose();
  });

  for (const { script, environments, check, warnings = '' } of programs) {
    for (const environment of environments) {
      const client = findPythonClient(environment, `${subject}, langfuse Python ${environment}`);
      describe.skipIf(client.isMissing)(client.title, () => {
        it('reads back what it wrote, and has nothing to warn of', async () => {
          const answer = await client.run(script, instance, {
            OPENAI_BASE_URL: models.openAiBaseUrl,
            OPENAI_API_KEY: 'sk-stand-in',
          });
          expect(answer.warnings, 'warnings and errors of the client').toBe(warnings);
          expect(answer.code).toBe(0);
          check(answer.value, environment);
        }, 180_000);
      });
    }
  }
}

/** What the stand-in's usage becomes: 20 tokens of which 4 were cached, 10 of which 3 were thoughts. */
export const usageOfCall = { input: 16, output: 7, total: 30 };
/** Of gpt-4o in USD: 16 tokens at 2.50, 4 cached ones at 1.25 and 10 at 10 for a million. */
export const costOfCall = (16 * 2.5 + 4 * 1.25 + 10 * 10) / 1e6;

export const failureOfBroken =
  "Error code: 400 - {'error': {'message': 'The model `broken` is out of order.', " +
  "'type': 'invalid_request_error', 'param': 'model', 'code': None}}";

/** Each observation's name with its parent's and its type: `chat: GENERATION < desk`. */
export function drawTree({ observations }: ReadTrace): string[] {
  return Object.entries(observations)
    .map(([name, { type, parent }]) => `${name}: ${type}${parent === null ? '' : ` < ${parent}`}`)
    .sort();
}
