import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { type ModelStandIn, startModelStandIn } from '@tracewell/testkit/model-stand-in';
import { expect } from 'vitest';
import { findPythonClient } from './python-client';
import type { ReadTrace } from './reading';

/** An instance and a stand-in for the models, and programs of a Python environment that are run against both. */
export interface Bench {
  instance: Instance;
  /** Runs a program that must end well and have nothing to warn of, and gives what it printed. */
  run<Printed>(script: string, options?: RunOptions): Promise<Printed>;
  readTrace(id: string, observations: number): Promise<ReadTrace>;
  dispose(): Promise<void>;
}

export interface RunOptions {
  env?: Record<string, string>;
  /** What the client says whatever the server does. */
  foreign?: RegExp;
}

export async function startBench(environment: string): Promise<Bench> {
  const [instance, models]: [Instance, ModelStandIn] = await Promise.all([
    startInstance(),
    startModelStandIn(),
  ]);
  return {
    instance,
    async run<Printed>(script: string, { env = {}, foreign }: RunOptions = {}) {
      const answer = await findPythonClient(environment).run(script, instance, {
        OPENAI_BASE_URL: models.openAiBaseUrl,
        OPENAI_API_KEY: 'none',
        MODEL_STAND_IN_URL: models.url,
        ...env,
      });
      const warnings = foreign ? answer.warnings.replace(foreign, '').trim() : answer.warnings;
      expect(warnings, 'warnings and errors of the client').toBe('');
      expect(answer.code).toBe(0);
      return answer.value as Printed;
    },
    readTrace: (id, observations) =>
      waitFor(`${observations} observations of ${id}`, async () => {
        const response = await instance.fetch(`/api/public/traces/${id}`);
        if (response.status === 404) return null;
        const trace = (await response.json()) as ReadTrace;
        return trace.observations.length === observations && trace;
      }),
    async dispose() {
      await instance.dispose();
      await models.dispose();
    },
  };
}

/** What the stand-in's numbers are for gpt-4o: 20 tokens of which 4 were cached, 10 of which 3 were thoughts. */
export const openAiUsage = {
  input: 16,
  input_cached_tokens: 4,
  output: 7,
  output_reasoning_tokens: 3,
  total: 30,
};
/** In USD a million: 2.50, cached 1.25, output 10. */
export const openAiCost = (16 * 2.5 + 4 * 1.25 + 10 * 10) / 1e6;
/** And for claude-sonnet-4-5: 16 tokens, 4 read from the cache, 2 written to it, 10 out. */
export const anthropicUsage = {
  input: 16,
  input_cached_tokens: 4,
  input_cache_creation: 2,
  output: 10,
  total: 32,
};
/** In USD a million: 3, cached 0.30, to the cache 3.75, output 15. */
export const anthropicCost = (16 * 3 + 4 * 0.3 + 2 * 3.75 + 10 * 15) / 1e6;
