import type { Attributes, AttributeValue } from '../../decode/span';
import type { Content } from '../dialect';
import { firstValue, isObject, parseStructure, textOf } from '../values';

/** The attributes that hold what a model or a tool was told and said. */
export const contentKeys: ReadonlySet<string> = new Set([
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
]);

/**
 * Input and output by the attributes of the GenAI conventions, on a span or on an event. System instructions
 * stand apart from the messages there and are put before them as the system message they are.
 */
export function readAttributeContents(
  attributes: Attributes,
): { input?: Content; output?: Content } | undefined {
  const messages = firstValue(attributes, 'gen_ai.input.messages');
  const instructions = firstValue(attributes, 'gen_ai.system_instructions');
  let input: Content | undefined = messages;
  if (instructions !== undefined) input = prependInstructions(messages, instructions);
  let output: Content | undefined = firstValue(attributes, 'gen_ai.output.messages');
  if (messages === undefined && output === undefined) {
    input = firstValue(attributes, 'gen_ai.tool.call.arguments') ?? input;
    output = firstValue(attributes, 'gen_ai.tool.call.result');
  }
  if (input === undefined && output === undefined) return undefined;
  return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
}

/** Messages that cannot be read, or that have a system message, stay as they came. */
function prependInstructions(messages: AttributeValue | undefined, instructions: AttributeValue): Content {
  const parsed = parseStructure(messages);
  if (parsed !== undefined && !Array.isArray(parsed)) return parsed;
  const list = parsed ?? [];
  if (list.some((message) => isObject(message) && message.role === 'system')) return messages!;
  return [{ role: 'system', content: instructionText(instructions) }, ...list];
}

function instructionText(instructions: AttributeValue): string {
  const parsed = parseStructure(instructions);
  if (!Array.isArray(parsed)) return textOf(isObject(parsed) ? (parsed.content ?? parsed) : parsed);
  return parsed.map((part) => textOf(isObject(part) ? (part.content ?? part.text ?? part) : part)).join('\n');
}
