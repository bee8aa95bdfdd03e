import type { Enrichment, Observation } from '@tracewell/domain';
import { looksStructured, parseJson } from './json-text';
import { readToolCalls } from './tool-calls';
import { createToolDefinitions, readToolDefinitions } from './tool-definitions';
import { moveToolsIntoInput } from './tools-in-metadata';

type ToolFields = Pick<Observation, 'input' | 'metadata'> &
  Pick<Enrichment, 'toolDefinitions' | 'toolCalls' | 'toolCallNames'>;

/**
 * The tools of an observation: offered ones moved from the metadata into the input, then offered ones and
 * calls indexed. Parsing every text would cost more than all other enrichment, so a text is parsed only when a
 * key that every known shape has is in it. The rare word is asked for before the quoted one, which is what
 * makes the search fast.
 */
export function extractTools(observation: Pick<Observation, 'input' | 'output' | 'metadata'>): ToolFields {
  const { input, metadata } = moveToolsIntoInput(observation) ?? observation;
  const toolDefinitions = mayOfferTools(input)
    ? readToolDefinitions(parseJson(input))
    : createToolDefinitions();
  if (!mayCallTools(observation.output)) {
    return { input, metadata, toolDefinitions, toolCalls: [], toolCallNames: [] };
  }
  const { calls, names } = readToolCalls(parseJson(observation.output));
  return { input, metadata, toolDefinitions, toolCalls: calls, toolCallNames: names };
}

const mayOfferTools = (input: string): boolean =>
  looksStructured(input) &&
  input.includes('tool') &&
  (input.includes('"tools"') || (input.includes('"tool"') && input.includes('function')));

const mayCallTools = (output: string): boolean =>
  looksStructured(output) &&
  (output.includes('arguments') ||
    output.includes('function') ||
    (output.includes('tool') && output.includes('"tool')));
