import type { UsageMap } from '@tracewell/domain';

/**
 * What clients send as `usage`, `usageDetails` and `costDetails`, as our maps. Values that are no count (or no
 * price) are left out: the door has refused those that would be changed.
 */
type Json = Record<string, unknown>;

const createMap = (): UsageMap => Object.create(null);
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isPrice = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** `usage` overlaid by `usageDetails`; null when neither holds a number. */
export function readUsage(usage: unknown, details: unknown): UsageMap | null {
  const map = createMap();
  if (isObject(usage)) readLegacyUsage(map, usage);
  if (isObject(details) && Object.keys(details).length > 0) {
    const isKnown = readShape(map, details, chatCompletions) || readShape(map, details, responses);
    if (!isKnown) readFreeUsage(map, details);
  } else if (map.total === undefined) {
    const { input = 0, output = 0 } = map;
    if (input || output) map.total = input + output;
  }
  return orNull(map);
}

/** The prices of `usage` overlaid by `costDetails`; null when neither holds a number. */
export function readCost(usage: unknown, details: unknown): UsageMap | null {
  const map = createMap();
  if (isObject(usage) && !isFirstOpenAi(usage)) {
    put(map, 'input', usage.inputCost, isPrice);
    put(map, 'output', usage.outputCost, isPrice);
    put(map, 'total', usage.totalCost, isPrice);
  }
  if (isObject(details)) for (const [key, value] of Object.entries(details)) put(map, key, value, isPrice);
  return orNull(map);
}

const firstOpenAi = { input: 'promptTokens', output: 'completionTokens', total: 'totalTokens' } as const;
const isFirstOpenAi = (usage: Json) =>
  Object.values(firstOpenAi).some((key) => usage[key] !== undefined && usage[key] !== null);

function readLegacyUsage(map: UsageMap, usage: Json): void {
  const keys = isFirstOpenAi(usage) ? firstOpenAi : { input: 'input', output: 'output', total: 'total' };
  put(map, 'input', usage[keys.input], isCount);
  put(map, 'output', usage[keys.output], isCount);
  put(map, 'total', usage[keys.total], isCount);
}

interface Shape {
  input: string;
  output: string;
  inputDetails: string;
  outputDetails: string;
}
const chatCompletions: Shape = {
  input: 'prompt_tokens',
  output: 'completion_tokens',
  inputDetails: 'prompt_tokens_details',
  outputDetails: 'completion_tokens_details',
};
const responses: Shape = {
  input: 'input_tokens',
  output: 'output_tokens',
  inputDetails: 'input_tokens_details',
  outputDetails: 'output_tokens_details',
};

/** false when the object is not of exactly this shape. */
function readShape(map: UsageMap, details: Json, shape: Shape): boolean {
  const input = details[shape.input];
  const output = details[shape.output];
  const total = details.total_tokens;
  if (!isCount(input) || !isCount(output) || !isCount(total)) return false;
  const known = new Set([...Object.values(shape), 'total_tokens']);
  if (Object.keys(details).some((key) => !known.has(key))) return false;
  const inputDetails = readDetails(details[shape.inputDetails]);
  const outputDetails = readDetails(details[shape.outputDetails]);
  if (!inputDetails || !outputDetails) return false;
  putSplit(map, 'input', input, inputDetails);
  putSplit(map, 'output', output, outputDetails);
  map.total = total;
  return true;
}

/** null when the value is no map of counts. A detail that is null says nothing. */
function readDetails(value: unknown): [string, number][] | null {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) return null;
  const entries = Object.entries(value).filter(([, count]) => count !== null);
  return entries.every((entry): entry is [string, number] => isCount(entry[1])) ? entries : null;
}

/** Details are part of the sum that is sent beside them; kept buckets exclude each other. */
function putSplit(map: UsageMap, name: 'input' | 'output', sum: number, details: [string, number][]): void {
  let rest = sum;
  for (const [key, count] of details) {
    map[`${name}_${key}`] = count;
    rest -= count;
  }
  map[name] = Math.max(0, rest);
}

function readFreeUsage(map: UsageMap, details: Json): void {
  for (const [key, value] of Object.entries(details)) {
    put(map, key, typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value, isCount);
  }
}

function put(map: UsageMap, key: string, value: unknown, accepts: (value: unknown) => value is number): void {
  // Adding zero makes a plain zero of a negative one.
  if (accepts(value)) map[key] = value + 0;
}

const orNull = (map: UsageMap): UsageMap | null => (Object.keys(map).length > 0 ? map : null);
