import type { MatchLogic, ModelInfo, Provider } from '@pydantic/genai-prices';
import { type NameReading, readModelName, respell } from './built-in-names';

/**
 * Finds a model of the price library by the name on the wire. The library's own look-up walks 1,700 models; as
 * names are the client's and many, most are found here through a map instead.
 */

/** Makers, whose prices count for a name that does not say who serves it. In order of trial. */
const makers = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'cohere',
  'deepseek',
  'x-ai',
  'moonshotai',
  'voyageai',
  'perplexity',
  'minimax',
  'zhipuai',
  'zai',
  'arcee',
];

/**
 * Hosts of other people's models: a name counts there only when it is exactly theirs. Resellers whose prices
 * are subscriptions or whose names are everybody's (Copilot, Cursor, Hugging Face …) count only when named.
 */
const hosts = ['azure', 'groq', 'cerebras', 'fireworks', 'together', 'cloudflare', 'aws', 'openrouter'];

export interface FoundModel {
  provider: Provider;
  model: ModelInfo;
}

interface ModelIndex {
  provider: Provider;
  /** Lower-case name → place of the first model that equals it. */
  exact: Map<string, number>;
  loose: { place: number; test: (name: string) => boolean }[];
}

export type ModelFinder = (modelName: string) => FoundModel | null;

export function createModelFinder(providers: readonly Provider[]): ModelFinder {
  const indexes = new Map(providers.map((provider) => [provider.id, indexModels(provider)]));
  const serving = providers.flatMap(({ id, model_match }) =>
    model_match ? [{ id, test: compileMatch(model_match) }] : [],
  );

  function findAt(providerId: string, name: string, onlyExact = false): FoundModel | null {
    const index = indexes.get(providerId);
    const place = index === undefined ? undefined : placeOf(index, name, onlyExact);
    const model = place === undefined ? undefined : index?.provider.models[place];
    return index !== undefined && model !== undefined ? { provider: index.provider, model } : null;
  }

  function findReading({ providerId, name }: NameReading): FoundModel | null {
    if (providerId !== null) {
      const own = findAt(providerId, name);
      if (own !== null) return own;
      for (const other of indexes.get(providerId)?.provider.fallback_model_providers ?? []) {
        const found = findAt(other, name);
        if (found !== null) return found;
      }
      return null;
    }
    for (const { id, test } of serving) {
      const found = test(name) ? findAt(id, name) : null;
      if (found !== null) return found;
    }
    for (const id of makers) {
      const found = findAt(id, name);
      if (found !== null) return found;
    }
    for (const id of hosts) {
      const found = findAt(id, name, true);
      if (found !== null) return found;
    }
    return null;
  }

  return (modelName) => {
    const readings = readModelName(modelName);
    for (const reading of readings) {
      for (const name of respell(reading.name)) {
        const found = findReading({ providerId: reading.providerId, name });
        if (found !== null) return found;
      }
    }
    return null;
  };
}

function indexModels(provider: Provider): ModelIndex {
  const index: ModelIndex = { provider, exact: new Map(), loose: [] };
  provider.models.forEach((model, place) => {
    for (const clause of alternativesOf(model.match)) {
      if ('equals' in clause) {
        const name = clause.equals.toLowerCase();
        if (!index.exact.has(name)) index.exact.set(name, place);
      } else {
        index.loose.push({ place, test: compileMatch(clause) });
      }
    }
  });
  return index;
}

/** The library's rule: of the models that match, the first in its list. */
function placeOf(index: ModelIndex, name: string, onlyExact: boolean): number | undefined {
  const exact = index.exact.get(name);
  if (onlyExact) return exact;
  for (const { place, test } of index.loose) {
    if (exact !== undefined && place > exact) break;
    if (test(name)) return place;
  }
  return exact;
}

export const alternativesOf = (match: MatchLogic): MatchLogic[] =>
  'or' in match ? match.or.flatMap(alternativesOf) : [match];

/** The library's patterns are its own, few and reviewed, and names are short: V8 may run them. */
function compileMatch(match: MatchLogic): (name: string) => boolean {
  if ('or' in match) {
    const tests = match.or.map(compileMatch);
    return (name) => tests.some((test) => test(name));
  }
  if ('and' in match) {
    const tests = match.and.map(compileMatch);
    return (name) => tests.every((test) => test(name));
  }
  if ('regex' in match) {
    const pattern = new RegExp(match.regex);
    return (name) => pattern.test(name);
  }
  if ('equals' in match) {
    const whole = match.equals.toLowerCase();
    return (name) => name === whole;
  }
  if ('starts_with' in match) {
    const start = match.starts_with.toLowerCase();
    return (name) => name.startsWith(start);
  }
  if ('ends_with' in match) {
    const end = match.ends_with.toLowerCase();
    return (name) => name.endsWith(end);
  }
  const part = match.contains.toLowerCase();
  return (name) => name.includes(part);
}
