import type { MatchLogic, ModelInfo, Provider } from '@pydantic/genai-prices';
import type { ModelDefinition } from '@tracewell/domain';
import { alternativesOf, createModelFinder } from './built-in-match';
import { readTiers } from './built-in-tiers';

/** The models every project has, from the price library as it was released: nothing is fetched at run time. */
export interface BuiltInPrices {
  /** The definition for a model's name on the wire, or null. Costs microseconds: cache what you ask often. */
  findByModelName(modelName: string): ModelDefinition | null;
  findById(id: string): ModelDefinition | null;
  /** What all are called, in the library's order: cheap, as no definition is made. */
  names(): readonly { id: string; modelName: string }[];
  /** All, in the library's order. */
  list(): readonly ModelDefinition[];
}

/** Ids that count before others where two providers call a model the same; their models keep the bare name. */
const bareNames = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'cohere',
  'deepseek',
  'x-ai',
  'voyageai',
  'moonshotai',
];

let loading: Promise<BuiltInPrices> | undefined;

/** Loads the library once per process. */
export function loadBuiltInPrices(): Promise<BuiltInPrices> {
  loading ??= import('@pydantic/genai-prices').then(async (library) =>
    // Without `updatePrices` having been called, this is the data the library was released with.
    createBuiltInPrices((await library.waitForUpdate()) ?? []),
  );
  return loading;
}

export function createBuiltInPrices(providers: readonly Provider[]): BuiltInPrices {
  const find = createModelFinder(providers);
  const names = nameModels(providers);
  // Prices under every key of 1,700 models would take megabytes: a definition is made when first asked for.
  const made = new Map<ModelInfo, ModelDefinition>();
  const byId = new Map<string, [Provider, ModelInfo]>();
  for (const provider of providers) {
    for (const model of provider.models) byId.set(idOf(provider, model), [provider, model]);
  }

  function define(provider: Provider, model: ModelInfo): ModelDefinition {
    let definition = made.get(model);
    if (definition === undefined) {
      const id = idOf(provider, model);
      const { pricingTiers, datedTiers } = readTiers(id, model);
      definition = {
        id,
        projectId: null,
        modelName: names.get(model) ?? model.id,
        matchPattern: describeMatch(model.match),
        startDate: null,
        unit: 'TOKENS',
        ...readTokenizer(provider, model),
        pricingTiers,
        ...(datedTiers.length > 0 ? { datedTiers } : {}),
      };
      made.set(model, definition);
    }
    return definition;
  }

  return {
    findByModelName(modelName) {
      const found = find(modelName);
      return found === null ? null : define(found.provider, found.model);
    },
    findById(id) {
      const found = byId.get(id);
      return found === undefined ? null : define(...found);
    },
    names: () => [...byId].map(([id, [, model]]) => ({ id, modelName: names.get(model) ?? model.id })),
    list: () => [...byId.values()].map((found) => define(...found)),
  };
}

/** Stable as long as the library calls the model so, and safe in a URL. */
const idOf = (provider: Provider, model: ModelInfo): string =>
  `builtin.${provider.id}.${model.id.replace(/[^A-Za-z0-9._-]/g, '~')}`;

function nameModels(providers: readonly Provider[]): Map<ModelInfo, string> {
  const rank = (provider: Provider) => bareNames.indexOf(provider.id) + 1 || bareNames.length + 1;
  const taken = new Set<string>();
  const names = new Map<ModelInfo, string>();
  for (const provider of [...providers].sort((a, b) => rank(a) - rank(b))) {
    for (const model of provider.models) {
      const isBare = bareNames.includes(provider.id) && !taken.has(model.id);
      const name = isBare ? model.id : `${provider.id}/${model.id}`;
      taken.add(name);
      names.set(model, name);
    }
  }
  return names;
}

const openAiName =
  /^(?:ft:)?(?:gpt-|chatgpt-|o[134](?:-|$)|codex-|computer-use|text-embedding-|(?:text-|code-)?(?:davinci|curie|babbage|ada)-)/;

function readTokenizer(
  provider: Provider,
  model: ModelInfo,
): Pick<ModelDefinition, 'tokenizerId' | 'tokenizerConfig'> {
  if (provider.id === 'anthropic' || model.id.includes('claude')) {
    return { tokenizerId: 'claude', tokenizerConfig: null };
  }
  const name = model.id.slice(model.id.lastIndexOf('/') + 1).replace(/^.*openai\./, '');
  if (!openAiName.test(name)) return { tokenizerId: null, tokenizerConfig: null };
  const tokenizerModel = name.replace(/^ft:/, '');
  return {
    tokenizerId: 'openai',
    tokenizerConfig: { tokenizerModel, tokensPerMessage: 3, tokensPerName: 1 },
  };
}

/**
 * The names a built-in definition answers to, as a pattern a person can read and start a definition of their
 * own from. The look-up itself goes by the library's clauses, which know more spellings.
 */
function describeMatch(match: MatchLogic): string {
  return `(?i)^(.*[/:])?(${alternativesOf(match).map(describeClause).join('|')})$`;
}

function describeClause(clause: MatchLogic): string {
  if ('equals' in clause) return quote(clause.equals);
  if ('starts_with' in clause) return `${quote(clause.starts_with)}.*`;
  if ('ends_with' in clause) return `.*${quote(clause.ends_with)}`;
  if ('contains' in clause) return `.*${quote(clause.contains)}.*`;
  if ('regex' in clause) return clause.regex.replace(/^\^/, '').replace(/\$$/, '');
  // Of clauses that must all hold, those beside the first only take names away, by look-ahead, which RE2 lacks.
  if ('and' in clause) return clause.and[0] === undefined ? '.*' : describeClause(clause.and[0]);
  return `(${clause.or.map(describeClause).join('|')})`;
}

const quote = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
