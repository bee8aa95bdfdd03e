/**
 * Content that instrumentations of OpenTelemetry's GenAI conventions put in span events, in the order in which
 * the conventions had them replaced: `gen_ai.client.inference.operation.details` (1.37 on), one event a message
 * (1.28 to 1.36), `gen_ai.content.prompt` and `.completion` (1.26, 1.27).
 */
import type { Attributes, AttributeValue, OtlpSpan } from '../../decode/span';
import type { Content, Dialect } from '../dialect';
import { isObject, parseStructure } from '../values';
import { readAttributeContents } from './gen-ai-contents';

const roles: Record<string, string> = {
  'gen_ai.system.message': 'system',
  'gen_ai.user.message': 'user',
  'gen_ai.assistant.message': 'assistant',
  'gen_ai.tool.message': 'tool',
};
const choice = 'gen_ai.choice';

export const genAiEvents: Dialect = {
  name: 'gen-ai-events',
  speaks: ({ events }) => events.some((event) => event.name.startsWith('gen_ai.')),
  io: (span) => readDetails(span) ?? readMessages(span) ?? readContents(span),
};

type Contents = { input?: Content; output?: Content } | undefined;

function readDetails({ events }: OtlpSpan): Contents {
  for (const event of events) {
    if (event.name !== 'gen_ai.client.inference.operation.details') continue;
    const contents = readAttributeContents(event.attributes);
    if (contents) return contents;
  }
  return undefined;
}

function readMessages({ events }: OtlpSpan): Contents {
  const messages: Content[] = [];
  const choices: Content[] = [];
  for (const event of events) {
    if (event.name === choice) choices.push(bodyOf(event.attributes));
    else if (Object.hasOwn(roles, event.name))
      messages.push({ role: roles[event.name]!, ...bodyOf(event.attributes) });
  }
  if (messages.length === 0 && choices.length === 0) return undefined;
  return {
    ...(messages.length > 0 && { input: messages }),
    ...(choices.length > 0 && { output: choices.length > 1 ? choices : choices[0]! }),
  };
}

/** What is said of the call and not of the message. */
const ofTheCall = new Set(['gen_ai.system', 'gen_ai.provider.name', 'event.name', 'gen_ai.event.content']);

/** A message's attributes; Azure and Semantic Kernel put all of it in one, as JSON. */
function bodyOf(attributes: Attributes): Record<string, AttributeValue> {
  const whole = parseStructure(attributes['gen_ai.event.content']);
  const body: Record<string, AttributeValue> = isObject(whole) ? { ...whole } : {};
  for (const key in attributes) if (!ofTheCall.has(key)) body[key] = parseStructure(attributes[key])!;
  return body;
}

function readContents({ events }: OtlpSpan): Contents {
  const of = (name: string, key: string): Content | undefined => {
    const event = events.find((candidate) => candidate.name === name);
    if (!event) return undefined;
    const value = event.attributes[key];
    return value === undefined || value === null ? { ...event.attributes } : parseStructure(value);
  };
  const input = of('gen_ai.content.prompt', 'gen_ai.prompt');
  const output = of('gen_ai.content.completion', 'gen_ai.completion');
  if (input === undefined && output === undefined) return undefined;
  return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
}
