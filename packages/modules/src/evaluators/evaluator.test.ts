import { describe, expect, it } from 'vitest';
import { type Definition, readMapping, toMessages, variablesOf } from './evaluator';

const judge = (prompt: string): Definition => ({
  type: 'llm_as_judge',
  prompt: toMessages(prompt),
  variableMapping: null,
  modelConfig: null,
  outputDefinition: { dataType: 'BOOLEAN' },
});

describe('variables of a prompt', () => {
  it('are what stands in double braces, once each, in order', () => {
    expect(
      variablesOf(judge('{{output}} of {{ input }} and {{output}}, {{a.b-c_1}} {{}} {{ }} {x} {{a b}}')),
    ).toEqual(['output', 'input', 'a.b-c_1']);
  });

  it('of code are fixed', () => {
    expect(variablesOf({ type: 'code', sourceCode: '{{x}}', sourceCodeLanguage: 'PYTHON' })).toContain(
      'toolCalls',
    );
  });
});

describe('a mapping', () => {
  const of = (...variables: string[]) =>
    variables.map((variable) => ({ variable, source: 'input' as const }));

  it('names every variable once', () => {
    expect(readMapping(['a', 'b'], of('b', 'a'))).toEqual(of('b', 'a'));
    expect(readMapping([], [])).toEqual([]);
  });

  it.each([
    [of('a'), 'missing_variable_mapping'],
    [of('a', 'b', 'c'), 'invalid_variable_mapping'],
    [of('a', 'a', 'b'), 'duplicate_variable_mapping'],
    [[{ ...of('a')[0]!, jsonPath: 'x.y' }, ...of('b')], 'invalid_json_path'],
  ])('%j is refused as %s', (sent, structuredCode) => {
    expect(() => readMapping(['a', 'b'], sent)).toThrow(expect.objectContaining({ structuredCode }));
  });
});
