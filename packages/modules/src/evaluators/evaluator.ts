import {
  type chatMessage,
  type evaluatorModel,
  type mappingSources,
  type outputDefinition,
  StructuredError,
  type variableMapping,
} from '@tracewell/contract';
import type { z } from 'zod';
import { isJsonPath } from './json-path';

/** What an evaluator is, whichever generation of the API asks, and the rules of its parts. */
export interface JudgeDefinition {
  prompt: z.output<typeof chatMessage>[];
  /** Null: every rule brings its own. */
  variableMapping: Mapping[] | null;
  /** Null: the project's default evaluation model. */
  modelConfig: z.output<typeof evaluatorModel> | null;
  outputDefinition: z.output<typeof outputDefinition>;
}
export interface CodeDefinition {
  sourceCode: string;
  sourceCodeLanguage: 'PYTHON' | 'TYPESCRIPT';
}
export type Definition = ({ type: 'llm_as_judge' } & JudgeDefinition) | ({ type: 'code' } & CodeDefinition);

export interface Mapping {
  variable: string;
  source: (typeof mappingSources)[number];
  jsonPath?: string;
}

/** What code is always given; it has no mapping of its own. */
export const variablesOfCode = [
  'input',
  'output',
  'metadata',
  'toolCalls',
  'experimentItemExpectedOutput',
  'experimentItemMetadata',
];

/** `{{name}}` in any message, once each, in the order they first appear. */
export function variablesOf(definition: Definition): string[] {
  if (definition.type === 'code') return variablesOfCode;
  const names = definition.prompt.flatMap(({ content }) =>
    [...content.matchAll(/\{\{\s*([\p{L}_][\p{L}\p{N}_.-]{0,199})\s*\}\}/gu)].map(([, name]) => name!),
  );
  return [...new Set(names)];
}

/** A text is one message of the user. */
export const toMessages = (prompt: string | JudgeDefinition['prompt']): JudgeDefinition['prompt'] =>
  typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;

/**
 * The mapping as it is kept. Throws `invalid_request` unless it names each variable once and every path is a
 * JSONPath.
 */
export function readMapping(
  variables: readonly string[],
  sent: readonly z.output<typeof variableMapping>[],
): Mapping[] {
  const seen = new Set<string>();
  for (const { variable, jsonPath } of sent) {
    if (!variables.includes(variable)) {
      throw new StructuredError(
        'invalid_request',
        'invalid_variable_mapping',
        `The mapping names a variable ${variable} that the evaluator does not have. Its variables: ${variables.join(', ') || 'none'}.`,
        { variable, allowedValues: variables },
      );
    }
    if (seen.has(variable)) {
      throw new StructuredError(
        'invalid_request',
        'duplicate_variable_mapping',
        `The mapping names the variable ${variable} twice. Name every variable once.`,
        { variable },
      );
    }
    seen.add(variable);
    if (jsonPath && !isJsonPath(jsonPath)) {
      throw new StructuredError(
        'invalid_request',
        'invalid_json_path',
        `jsonPath of ${variable} is no JSONPath: ${jsonPath.slice(0, 100)}. It starts with $, as in $.customer.tier.`,
        { variable, value: jsonPath },
      );
    }
  }
  const missing = variables.filter((variable) => !seen.has(variable));
  if (missing.length > 0) {
    throw new StructuredError(
      'invalid_request',
      'missing_variable_mapping',
      `The mapping leaves out ${missing.join(', ')}. Name every variable of the evaluator once.`,
      { variables: missing },
    );
  }
  return sent.map(({ variable, source, jsonPath }) => ({
    variable,
    source,
    ...(jsonPath && { jsonPath }),
  }));
}
