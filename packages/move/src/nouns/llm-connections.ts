import type { LlmConnection } from '@tracewell/contract';
import type { MoveContext, Noun } from '../context';
import { readAll } from '../pages';

const noun = 'llm-connections';
const path = `/${noun}`;

/** No server gives away the secrets of its connections: what is to be entered again is listed. */
export const llmConnections: Noun = {
  name: noun,
  needs: [],

  async move() {},

  async verify({ from, to, report }: MoveContext) {
    const there = await readAll<LlmConnection>(from, path);
    const here = new Set((await readAll<LlmConnection>(to, path)).map(({ provider }) => provider));
    for (const connection of there.filter(({ provider }) => !here.has(provider))) {
      report.find('by-hand', noun, `enter ${describe(connection)}`);
    }
  },
};

function describe(connection: LlmConnection): string {
  const { provider, adapter, displaySecretKey, baseURL, customModels, extraHeaderKeys, config } = connection;
  const parts = [
    `${provider} (${adapter}), key ${displaySecretKey}`,
    baseURL && `base URL ${baseURL}`,
    customModels?.length && `models ${customModels.join(', ')}`,
    connection.withDefaultModels === false && 'without the default models',
    extraHeaderKeys?.length && `headers ${extraHeaderKeys.join(', ')}`,
    config && `config ${JSON.stringify(config)}`,
  ];
  return parts.filter(Boolean).join('; ');
}
