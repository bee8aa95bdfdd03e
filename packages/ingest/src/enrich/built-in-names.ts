/**
 * How a model's name on the wire is read: who serves it, and what it is called there. Routers and SDKs put
 * paths and prefixes before the name (`azure/gpt-4o`, `projects/…/models/gemini-…`, `us.anthropic.claude-…`).
 */

/** A longer name is none that a price list knows. */
export const maxModelNameCharacters = 256;

/** How many prefixes are taken off a name, one inside the other. */
const maxPrefixes = 4;

/** Prefix on the wire → provider of the price library. */
const providersByPrefix = new Map<string, string>(
  Object.entries({
    anthropic: ['anthropic'],
    aws: ['aws', 'bedrock', 'bedrock_converse', 'amazon-bedrock', 'amazon_bedrock', 'aws_bedrock'],
    azure: ['azure', 'azure_ai', 'azure-ai', 'azure_openai', 'azure-openai', 'az.ai.openai'],
    cerebras: ['cerebras'],
    cohere: ['cohere', 'cohere_chat'],
    deepseek: ['deepseek'],
    fireworks: ['fireworks', 'fireworks_ai', 'fireworks-ai'],
    'github-copilot': ['github_copilot', 'github-copilot'],
    google: [
      'google',
      'gemini',
      'vertex_ai',
      'vertex_ai_beta',
      'vertex-ai',
      'vertexai',
      'vertex',
      'google_vertex',
      'google-vertex',
      'google_vertexai',
      'google_genai',
      'google-genai',
      'google-gla',
      'gcp.vertex_ai',
      'gcp.gemini',
      'gcp.gen_ai',
    ],
    groq: ['groq'],
    minimax: ['minimax'],
    mistral: ['mistral', 'mistralai', 'mistral_ai'],
    moonshotai: ['moonshot', 'moonshotai'],
    novita: ['novita'],
    openai: ['openai', 'text-completion-openai', 'openai_chat', 'openai-chat', 'openai-responses'],
    openrouter: ['openrouter'],
    perplexity: ['perplexity'],
    together: ['together', 'together_ai', 'together-ai', 'togetherai'],
    voyageai: ['voyage', 'voyageai'],
    'x-ai': ['xai', 'x-ai', 'x_ai'],
    zai: ['zai', 'z-ai'],
  }).flatMap(([provider, prefixes]) => prefixes.map((prefix) => [prefix, provider] as const)),
);

/** Prefixes of routers, which say nothing of who serves the model. */
const routers = new Set(['litellm_proxy', 'litellm', 'models', 'converse', 'chat', 'responses', 'global']);

/** Runs on the user's own machine: whatever the name says, nobody's price list counts. */
const localRunners = new Set([
  'ollama',
  'ollama_chat',
  'lm_studio',
  'lmstudio',
  'llamafile',
  'hosted_vllm',
  'vllm',
]);

const bedrockName =
  /^(?:[a-z]{2,6}(?:-[a-z]{2,3})?\.)?(?:anthropic|amazon|meta|cohere|mistral|ai21|deepseek|openai|qwen|writer|moonshot|moonshotai|minimax|google|nvidia|stability|zai|luma|twelvelabs)\.[a-z]/;
const awsRegion = /^[a-z]{2}(?:-gov)?-[a-z]+-\d$/;
const compactDate = /-(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?=$|[-:@])/;
const trailingSnapshot = /(?:[-@](?:20\d{2}-?(?:0[1-9]|1[0-2])-?(?:[0-2]\d|3[01]))|[-@:]latest|@default)$/;

export interface NameReading {
  /** Who serves it, when the name says so. */
  providerId: string | null;
  name: string;
}

/**
 * The readings of a name, the most telling first, each in lower case. Empty when it is too long or served by a
 * local runner.
 */
export function readModelName(model: string): NameReading[] {
  if (model.length > maxModelNameCharacters) return [];
  let name = stripPath(model.trim().toLowerCase());
  const readings: NameReading[] = [];
  for (let depth = 0; depth <= maxPrefixes; depth++) {
    if (bedrockName.test(name)) {
      readings.push({ providerId: 'aws', name });
      const maker = name.search(/(?:anthropic|deepseek|mistral|cohere)\./);
      if (maker >= 0)
        readings.push({
          providerId: null,
          name: stripBedrockVersion(name.slice(name.indexOf('.', maker) + 1)),
        });
    }
    const separator = /[/:]/.exec(name)?.index ?? -1;
    const prefix = separator > 0 ? name.slice(0, separator) : '';
    const providerId = providersByPrefix.get(prefix);
    if (localRunners.has(prefix)) return [];
    if (providerId !== undefined) readings.push({ providerId, name: name.slice(separator + 1) });
    readings.push({ providerId: null, name });
    if (providerId === undefined && !routers.has(prefix) && !awsRegion.test(prefix)) break;
    name = name.slice(separator + 1);
  }
  return readings;
}

/** Other spellings of a name, to be tried in order when the name itself is on no list. */
export function respell(name: string): string[] {
  const spellings = [name];
  const dashed = name.replace(compactDate, '-$1-$2-$3');
  if (dashed !== name) spellings.push(dashed);
  const variant = name.replace(/:(?:free|nitro|floor|online|extended|exacto|thinking|beta)$/, '');
  if (variant !== name && !name.endsWith(':free')) spellings.push(variant);
  const undated = name.replace(trailingSnapshot, '');
  if (undated !== name) spellings.push(undated);
  return spellings;
}

/** `projects/p/locations/l/publishers/google/models/x` and Bedrock ARNs end in the name. */
function stripPath(name: string): string {
  if (name.startsWith('arn:aws')) return name.slice(name.lastIndexOf('/') + 1);
  const models = name.lastIndexOf('/models/');
  if (models >= 0 && !name.startsWith('accounts/')) return name.slice(models + '/models/'.length);
  return name;
}

const stripBedrockVersion = (name: string): string => name.replace(/-v\d+(?::\d+)?(?::\d+k)?$/, '');
