import type { UsageMap } from '@tracewell/domain';
import type { AttributeValue } from '../decode/span';
import { isCount } from './bucket-usage';
import { numberOf, type ObjectValue } from './values';

const chatShape = {
  input: 'prompt_tokens',
  output: 'completion_tokens',
  inputDetails: 'prompt_tokens_details',
  outputDetails: 'completion_tokens_details',
};
const responsesShape = {
  input: 'input_tokens',
  output: 'output_tokens',
  inputDetails: 'input_tokens_details',
  outputDetails: 'output_tokens_details',
};

/**
 * Usage as a client gives it by hand: OpenAI's two shapes become our buckets, their details subtracted; any
 * other map is kept as it is, less the entries that are no count (numeric text counts).
 */
export function normaliseUsageDetails(details: ObjectValue): UsageMap {
  for (const shape of [chatShape, responsesShape]) {
    const usage = readOpenAiShape(details, shape);
    if (usage) return usage;
  }
  return keepCounts(details, isCount);
}

/** Dollars per usage key; entries that are no amount ≥ 0 are left out. */
export const normaliseCostDetails = (details: ObjectValue): UsageMap =>
  keepCounts(details, (value): value is number => typeof value === 'number' && value >= 0);

function keepCounts(details: ObjectValue, keeps: (value: unknown) => value is number): UsageMap {
  const kept: UsageMap = Object.create(null);
  for (const key of Object.keys(details)) {
    const number = numberOf(details[key]);
    if (keeps(number)) kept[key] = number;
  }
  return kept;
}

function readOpenAiShape(details: ObjectValue, shape: typeof chatShape): UsageMap | undefined {
  const known = new Set([...Object.values(shape), 'total_tokens']);
  if (!Object.keys(details).every((key) => known.has(key))) return undefined;
  const input = numberOf(details[shape.input]);
  const output = numberOf(details[shape.output]);
  const total = numberOf(details.total_tokens);
  if (!isCount(input) || !isCount(output) || !isCount(total)) return undefined;
  const inputParts = partsOf(details[shape.inputDetails], 'input');
  const outputParts = partsOf(details[shape.outputDetails], 'output');
  return {
    input: Math.max(0, input - sumOf(inputParts)),
    output: Math.max(0, output - sumOf(outputParts)),
    total,
    ...inputParts,
    ...outputParts,
  };
}

function partsOf(details: AttributeValue | undefined, side: string): UsageMap {
  const parts: UsageMap = {};
  if (typeof details !== 'object' || details === null) return parts;
  for (const [key, value] of Object.entries(details)) if (isCount(value)) parts[`${side}_${key}`] = value;
  return parts;
}

const sumOf = (parts: UsageMap): number => Object.values(parts).reduce((a, b) => a + b, 0);
