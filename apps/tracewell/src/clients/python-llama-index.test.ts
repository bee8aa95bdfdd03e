import { expect } from 'vitest';
import { costOfCall, drawTree, failureOfBroken, type ReadTrace, testWithModels } from './python-with-models';

/** LlamaIndex: a query of an index, a chat, the same streamed, a call of a tool, and a call that fails. */
interface Answers {
  query: ReadTrace;
  chat: ReadTrace;
  stream: ReadTrace;
  tool: ReadTrace;
  failing: ReadTrace;
  answers: Record<string, string>;
}

const names = ['query', 'chat', 'stream', 'tool', 'failing'] as const;
const echo = 'You said: Where is Rome?';
const call = { type: 'GENERATION', model: 'gpt-4o', level: 'DEFAULT', status: null };

testWithModels('LlamaIndex', [
  {
    script: 'llama_index_v3.py',
    environments: ['3.14.6', '4.18.0'],
    check(value: Answers, environment) {
      expectWhatAllSay(value, environment);
      const { query, chat, stream, tool, failing } = value;
      const priced = {
        ...call,
        usage: { input: 16, input_cached_tokens: 4, output: 7, output_reasoning_tokens: 3, total: 30 },
        cost: expect.closeTo(costOfCall, 10),
      };
      expect(drawTree(query)).toEqual(
        [
          'query: SPAN',
          'RetrieverQueryEngine.query: CHAIN < query',
          'RetrieverQueryEngine._query: CHAIN < RetrieverQueryEngine.query',
          'VectorIndexRetriever.retrieve: RETRIEVER < RetrieverQueryEngine._query',
          'VectorIndexRetriever._retrieve: RETRIEVER < VectorIndexRetriever.retrieve',
          'MockEmbedding.get_query_embedding: EMBEDDING < VectorIndexRetriever._retrieve',
          'MockEmbedding._get_query_embedding: EMBEDDING < MockEmbedding.get_query_embedding',
          'CompactAndRefine.synthesize: CHAIN < RetrieverQueryEngine._query',
          ...drawSynthesis('CHAIN'),
        ].sort(),
      );
      // The methods that hand a call on say LLM too: only the one that calls is counted.
      for (const trace of [query, chat, tool]) expect(trace.cost).toBeCloseTo(costOfCall, 10);
      expect(query.observations).toMatchObject({
        'RetrieverQueryEngine.query': {
          input: 'Where is Rome?',
          output: expect.stringContaining('Rome is in'),
        },
        'VectorIndexRetriever.retrieve': {
          input: 'Where is Rome?',
          output: [{ document: { id: 'n1', content: 'Rome is in Italy.' } }],
        },
        'OpenAI.predict': { usage: {}, cost: null },
        'OpenAI.chat': {
          ...priced,
          input: [
            { message: { role: 'system' } },
            { message: { role: 'user', content: expect.stringContaining('Rome is in Italy.') } },
          ],
          output: [{ message: { role: 'assistant', content: value.answers.query } }],
        },
      });
      const asked = [{ message: { role: 'user', content: 'Where is Rome?' } }];
      const answered = [{ message: { role: 'assistant', content: echo } }];
      expect(chat.observations['OpenAI.chat']).toMatchObject({ ...priced, input: asked, output: answered });
      const streamed = stream.observations['OpenAI.stream_chat']!;
      expect(streamed).toMatchObject({ ...call, input: asked, output: answered });
      expectCounted(streamed);
      expect(drawTree(tool)).toEqual([
        'FunctionTool.__call__: TOOL < OpenAI.predict_and_call',
        'FunctionTool.call: TOOL < FunctionTool.__call__',
        'OpenAI._prepare_chat_with_tools: GENERATION < OpenAI.predict_and_call',
        'OpenAI.chat: GENERATION < OpenAI.predict_and_call',
        'OpenAI.predict_and_call: GENERATION < tool',
        'tool: SPAN',
      ]);
      const called = { name: 'weather', arguments: '{"city":"Paris"}' };
      expect(tool.observations).toMatchObject({
        'OpenAI.chat': {
          ...priced,
          output: [{ message: { role: 'assistant', tool_calls: [{ tool_call: { function: called } }] } }],
        },
        'FunctionTool.call': {
          input: { kwargs: { city: 'Paris' } },
          output: { raw_output: 'Sun in Paris', is_error: false },
        },
      });
      expect(failing.observations).toMatchObject({
        'OpenAI.chat': {
          parent: 'failing',
          level: 'ERROR',
          status: `BadRequestError: ${failureOfBroken}`,
          input: asked,
          usage: {},
        },
      });
    },
  },
  {
    script: 'llama_index_v2.py',
    environments: ['2.60.10'],
    check(value: Answers, environment) {
      expectWhatAllSay(value, environment);
      const { query, chat, stream, tool, failing } = value;
      // This instrumentor sends no details of the tokens: all of them count at the full price.
      const costOfPlainCall = (20 * 2.5 + 10 * 10) / 1e6;
      const priced = {
        ...call,
        usage: { input: 20, output: 10, total: 30 },
        cost: expect.closeTo(costOfPlainCall, 10),
      };
      expect(drawTree(query)).toEqual(
        [
          'RetrieverQueryEngine.query: SPAN',
          'RetrieverQueryEngine._query: SPAN < RetrieverQueryEngine.query',
          'VectorIndexRetriever.retrieve: SPAN < RetrieverQueryEngine._query',
          'VectorIndexRetriever._retrieve: SPAN < VectorIndexRetriever.retrieve',
          'MockEmbedding.get_query_embedding: SPAN < VectorIndexRetriever._retrieve',
          'MockEmbedding._get_query_embedding: SPAN < MockEmbedding.get_query_embedding',
          'CompactAndRefine.synthesize: SPAN < RetrieverQueryEngine._query',
          ...drawSynthesis('SPAN'),
        ].sort(),
      );
      for (const trace of [query, chat, tool]) expect(trace.cost).toBeCloseTo(costOfPlainCall, 10);
      expect(query).toMatchObject({
        input: { str_or_query_bundle: 'Where is Rome?' },
        output: value.answers.query,
        metadata: { source_nodes: [{ node: { id_: 'n1', text: 'Rome is in Italy.' } }] },
      });
      expect(query.observations['OpenAI.chat']).toMatchObject({
        ...priced,
        parameters: { temperature: '0.5' },
        input: { messages: [{ role: 'system' }, { role: 'user' }] },
      });
      const input = {
        messages: [{ role: 'user', blocks: [{ block_type: 'text', text: 'Where is Rome?' }] }],
      };
      const output = { message: { role: 'assistant', blocks: [{ block_type: 'text', text: echo }] } };
      expect(chat).toMatchObject({ input, output });
      expect(chat.observations['OpenAI.chat']).toMatchObject({ ...priced, parent: null, input, output });
      // The instrumentor does not look into a stream.
      expect(stream.observations['OpenAI.stream_chat']).toMatchObject({ ...call, input, output: null });
      expect(drawTree(tool)).toEqual([
        'FunctionTool.__call__: SPAN < OpenAI.predict_and_call',
        'FunctionTool.call: SPAN < FunctionTool.__call__',
        'OpenAI._prepare_chat_with_tools: GENERATION < OpenAI.predict_and_call',
        'OpenAI.chat: GENERATION < OpenAI.predict_and_call',
        'OpenAI.predict_and_call: GENERATION',
      ]);
      const called = { function: { name: 'weather', arguments: '{"city":"Paris"}' } };
      expect(tool.observations).toMatchObject({
        'OpenAI.chat': {
          ...priced,
          output: { message: { additional_kwargs: { tool_calls: [called] } } },
        },
        'FunctionTool.call': { output: { raw_output: 'Sun in Paris', is_error: false } },
      });
      expect(failing).toMatchObject({ input, output: failureOfBroken });
      expect(failing.observations).toMatchObject({
        'OpenAI.chat': { level: 'ERROR', status: failureOfBroken, input, output: null, usage: {} },
      });
    },
  },
]);

function expectWhatAllSay(value: Answers, environment: string): void {
  expect(value.answers).toMatchObject({
    query: expect.stringContaining('Rome is in Italy.'),
    chat: echo,
    stream: echo,
    tool: 'Sun in Paris',
    failing: failureOfBroken,
  });
  for (const name of names) {
    expect(value[name], name).toMatchObject({
      name,
      user: `ada of ${environment}`,
      session: 's-index',
      tags: ['a', 'b'],
      metadata: { shop: '7' },
    });
  }
  expect(value.failing.cost).toBe(0);
}

/** How the answer to a query is made, in spans of the one type that the instrumentation gives to what is no call. */
function drawSynthesis(type: string): string[] {
  return [
    `CompactAndRefine.get_response: ${type} < CompactAndRefine.synthesize`,
    `TokenTextSplitter.split_text: ${type} < CompactAndRefine.get_response`,
    `CompactAndRefine.get_response #2: ${type} < CompactAndRefine.get_response`,
    `TokenTextSplitter.split_text #2: ${type} < CompactAndRefine.get_response #2`,
    `DefaultRefineProgram.__call__: ${type} < CompactAndRefine.get_response #2`,
    'OpenAI.predict: GENERATION < DefaultRefineProgram.__call__',
    'OpenAI.chat: GENERATION < OpenAI.predict',
  ];
}

/** No usage came with it: the tokens were counted here, and cost what they cost. */
function expectCounted({ usage, cost }: ReadTrace['observations'][string]): void {
  expect(usage.input).toBeGreaterThan(0);
  expect(usage.output).toBeGreaterThan(0);
  expect(cost).toBeCloseTo((usage.input! * 2.5 + usage.output! * 10) / 1e6, 10);
}
