import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attributes, AttributeValue } from '../decode/span';
import { dialects } from './dialects';
import { makeSpan } from './make-span';
import { normaliseSpan } from './normalise';

const normalise = (attributes: Attributes, more: Parameters<typeof makeSpan>[0] = {}) =>
  normaliseSpan(makeSpan({ attributes, ...more }));

describe('the type of an observation', () => {
  it.each<[string, Attributes, string]>([
    ['SPAN', {}, ''],
    ['TOOL', { 'langfuse.observation.type': 'tool', 'openinference.span.kind': 'LLM' }, ''],
    ['GENERATION', { 'langfuse.observation.type': 'TOOL', 'openinference.span.kind': 'LLM' }, ''],
    ['CHAIN', { 'openinference.span.kind': 'CHAIN', 'gen_ai.operation.name': 'chat' }, ''],
    ['GENERATION', { 'openinference.span.kind': 'llm', 'llm.model_name': 'gpt-4o' }, ''],
    ['SPAN', { 'openinference.span.kind': 'UNKNOWN' }, ''],
    ['RETRIEVER', { 'openinference.span.kind': 'RERANKER' }, ''],
    ['GENERATION', { 'gen_ai.operation.name': 'chat' }, ''],
    ['GENERATION', { 'gen_ai.operation.name': 'generate_content' }, ''],
    ['EMBEDDING', { 'gen_ai.operation.name': 'embeddings', 'gen_ai.request.model': 'm' }, ''],
    ['AGENT', { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.request.model': 'm' }, ''],
    ['AGENT', { 'gen_ai.operation.name': 'create_agent' }, ''],
    ['TOOL', { 'gen_ai.operation.name': 'execute_tool' }, ''],
    ['SPAN', { 'gen_ai.operation.name': 'constructor' }, ''],
    ['GENERATION', { 'ai.operationId': 'ai.streamText.doStream', 'ai.model.id': 'm' }, 'ai'],
    ['SPAN', { 'ai.operationId': 'ai.streamText.doStream' }, 'ai'],
    ['SPAN', { 'ai.operationId': 'ai.streamText', 'ai.model.id': 'm' }, 'ai'],
    ['EMBEDDING', { 'operation.name': 'ai.embedMany.doEmbed f', 'ai.model.id': 'm' }, 'ai'],
    ['TOOL', { 'ai.operationId': 'ai.toolCall' }, 'ai'],
    ['TOOL', { 'gen_ai.tool.name': 'search', 'gen_ai.request.model': 'm' }, ''],
    ['TOOL', { 'gen_ai.tool.call.id': 'c1' }, ''],
    ['GENERATION', { 'gen_ai.request.model': 'm' }, ''],
    ['GENERATION', { 'gen_ai.response.model': 'm' }, ''],
    ['GENERATION', { 'llm.model_name': 'm' }, ''],
    ['GENERATION', { model: 'm' }, ''],
    ['SPAN', { model: '' }, ''],
    ['CHAIN', { 'traceloop.span.kind': 'workflow' }, ''],
    ['AGENT', { 'traceloop.span.kind': 'agent' }, ''],
    ['TOOL', { 'traceloop.span.kind': 'tool' }, ''],
    ['SPAN', { 'traceloop.span.kind': 'task' }, ''],
  ])('is %s for %j in scope "%s"', (type, attributes, scope) => {
    expect(normalise(attributes, { scope }).type).toBe(type);
  });

  it('is a generation for spans that Python SDKs up to 3.3 sent as spans, and for no others', () => {
    const attributes = {
      'langfuse.observation.type': 'span',
      'langfuse.observation.usage_details': '{"input":1}',
    };
    const type = (scopeVersion: string, language = 'python', given: Attributes = attributes) =>
      normalise(given, {
        scope: 'langfuse-sdk',
        scopeVersion,
        resource: { 'telemetry.sdk.language': language },
      }).type;
    expect(type('3.3.9')).toBe('GENERATION');
    expect(type('')).toBe('GENERATION');
    expect(type('2.60.1')).toBe('GENERATION');
    expect(type('3.4.0')).toBe('SPAN');
    expect(type('3.10.0')).toBe('SPAN');
    expect(type('4.0.0')).toBe('SPAN');
    expect(type('3.2.0', 'nodejs')).toBe('SPAN');
    expect(type('3.2.0', 'python', { 'langfuse.observation.type': 'span' })).toBe('SPAN');
  });
});

describe('the name of an observation', () => {
  it.each<[string, Attributes]>([
    ['tool', { 'gen_ai.tool.name': 'tool', 'genkit:name': 'genkit', 'logfire.msg': 'msg' }],
    ['genkit', { 'genkit:name': 'genkit', 'logfire.msg': 'msg', 'ai.toolCall.name': 'call' }],
    ['msg', { 'logfire.msg': 'msg', 'ai.toolCall.name': 'call', 'ai.operationId': 'ai.toolCall' }],
    ['call', { 'ai.toolCall.name': 'call', 'ai.operationId': 'ai.toolCall', 'ai.telemetry.functionId': 'f' }],
    ['f:ai.generateText', { 'ai.operationId': 'ai.generateText', 'ai.telemetry.functionId': 'f' }],
    ['ai.generateText', { 'ai.operationId': 'ai.generateText' }],
    ['span', {}],
  ])('is %s for %j', (name, attributes) => {
    expect(normalise(attributes).name).toBe(name);
  });
});

describe('level and status message', () => {
  const exception = (attributes: Attributes = {}) => ({
    name: 'exception',
    attributes: { 'exception.type': 'E', 'exception.message': 'broke', ...attributes },
  });

  it.each([
    ['DEBUG', 'verbose'],
    ['DEFAULT', 'Notice'],
    ['WARNING', ' warn '],
    ['ERROR', 'critical'],
  ])('are %s for a level of "%s", even when the status is another', (level, text) => {
    expect(normalise({ 'langfuse.observation.level': text }, { statusCode: 2 }).level).toBe(level);
  });

  it('come from the status', () => {
    expect(
      normalise({ 'langfuse.observation.level': 'loud' }, { statusCode: 2, statusMessage: 'boom' }),
    ).toMatchObject({
      level: 'ERROR',
      statusMessage: 'boom',
    });
    expect(
      normalise({ 'langfuse.observation.status_message': 'mine' }, { statusMessage: 'boom' }).statusMessage,
    ).toBe('mine');
  });

  it('come from an exception that nobody handled', () => {
    expect(normalise({}, { events: [exception()] })).toMatchObject({
      level: 'ERROR',
      statusMessage: 'broke',
    });
    expect(normalise({}, { events: [exception({ 'exception.escaped': 'False' })] }).level).toBe('DEFAULT');
    expect(normalise({}, { statusCode: 1, events: [exception()] })).toMatchObject({
      level: 'DEFAULT',
      statusMessage: '',
    });
    expect(
      normalise({}, { statusCode: 2, events: [exception({ 'exception.escaped': 'False' })] }).statusMessage,
    ).toBe('broke');
    expect(
      JSON.parse(
        normalise({}, { events: [exception({ 'exception.stacktrace': 'at x' })] }).metadata.exceptions!,
      ),
    ).toEqual([{ type: 'E', message: 'broke', stacktrace: 'at x' }]);
  });
});

describe('input and output', () => {
  it('are asked each on its own', () => {
    const { input, output } = normalise({
      'langfuse.observation.output': 'by hand',
      'gen_ai.input.messages': '[{"role":"user","parts":[]}]',
      'gen_ai.output.messages': '[]',
    });
    expect(input).toBe('[{"role":"user","parts":[]}]');
    expect(output).toBe('by hand');
  });

  it.each<[string, Attributes]>([
    [
      'langfuse',
      { 'langfuse.observation.input': 'langfuse', 'traceloop.entity.input': 'x', 'input.value': 'y' },
    ],
    ['adk', { 'gcp.vertex.agent.tool_call_args': 'adk', 'traceloop.entity.input': 'x' }],
    ['mlflow', { 'mlflow.spanInputs': 'mlflow', 'traceloop.entity.input': 'x' }],
    ['traceloop', { 'traceloop.entity.input': 'traceloop', 'input.value': 'x' }],
    ['openinference', { 'input.value': 'openinference', 'gen_ai.input.messages': 'x' }],
    ['plain', { input: 'plain' }],
  ])('are taken from %s first', (input, attributes) => {
    expect(normalise(attributes).input).toBe(input);
  });

  it('put system instructions before messages that have none', () => {
    const messages = '[{"role":"user","content":"hi"}]';
    const instructions = '[{"type":"text","content":"Be"},{"type":"text","content":"brief"}]';
    expect(
      JSON.parse(
        normalise({ 'gen_ai.input.messages': messages, 'gen_ai.system_instructions': instructions }).input,
      ),
    ).toEqual([
      { role: 'system', content: 'Be\nbrief' },
      { role: 'user', content: 'hi' },
    ]);
    const withSystem = '[{"role":"system","content":"mine"}]';
    expect(
      normalise({ 'gen_ai.input.messages': withSystem, 'gen_ai.system_instructions': instructions }).input,
    ).toBe(withSystem);
  });
});

describe('what a span says of its trace', () => {
  it('comes first from what names Langfuse, each field on its own', () => {
    const { trace } = normalise({
      'user.id': 'general',
      'langfuse.user.id': 'precise',
      'gen_ai.conversation.id': 'conversation',
      'ai.telemetry.metadata.sessionId': 'vercel',
      'ai.telemetry.metadata.tags': '["a","b"]',
      'langfuse.trace.public': 'true',
    });
    expect(trace).toMatchObject({
      userId: 'precise',
      sessionId: 'conversation',
      tags: ['a', 'b'],
      public: true,
    });
  });

  it.each<[AttributeValue, string[]]>([
    [
      ['a', 2],
      ['a', '2'],
    ],
    ['["a","b"]', ['a', 'b']],
    ['a, b ,', ['a', 'b']],
    ['one', ['one']],
    [7, []],
  ])('has tags of %j', (tags, expected) => {
    expect(normalise({ 'langfuse.trace.tags': tags }).trace.tags).toEqual(expected);
  });

  it('is nothing when nothing is said', () => {
    expect(normalise({}).trace).toMatchObject({
      name: '',
      userId: '',
      sessionId: '',
      tags: [],
      public: null,
      metadata: {},
    });
    expect(normalise({ 'langfuse.trace.public': 'no' }).trace.public).toBe(false);
  });
});

describe('metadata', () => {
  it('holds what is told nowhere else, and the words of its author over all', () => {
    const { metadata } = normalise(
      {
        'langfuse.observation.metadata': '{"scope":"mine","a":{"b":1}}',
        'langfuse.observation.metadata.a': 'dotted wins',
        'gen_ai.output.messages': 'told as output',
        'http.route': '/x',
        count: 3,
      },
      { resource: { 'service.name': 's' }, scope: 'app' },
    );
    expect(metadata).toEqual({
      attributes: '{"http.route":"/x","count":"3"}',
      resourceAttributes: '{"service.name":"s"}',
      scope: 'mine',
      a: 'dotted wins',
    });
  });

  it('keeps a key that only a dialect which does not speak here would tell', () => {
    expect(normalise({ prompt: 'p', 'ai.prompt': 'x' }, { scope: 'app' }).metadata.attributes).toBe(
      '{"prompt":"p","ai.prompt":"x"}',
    );
  });

  it('has no attributes for spans of the SDKs', () => {
    expect(normalise({ x: 1 }, { scope: 'langfuse-sdk' }).metadata.attributes).toBeUndefined();
  });

  it('takes any key as a key', () => {
    const { metadata } = normalise({ 'langfuse.observation.metadata.__proto__': 'p' });
    expect(Object.entries(metadata)).toContainEqual(['__proto__', 'p']);
  });
});

describe('numbers that children repeat', () => {
  const usage = {
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 5,
    'gen_ai.request.model': 'm',
  };

  it.each<[string, Attributes]>([
    ['an agent', { ...usage, 'gen_ai.operation.name': 'invoke_agent' }],
    [
      'the outer span of the AI SDK',
      { ...usage, 'ai.operationId': 'ai.generateText', 'ai.usage.totalTokens': 15 },
    ],
    ['an agent of OpenInference', { ...usage, 'openinference.span.kind': 'AGENT', 'llm.cost.total': 0.1 }],
  ])('of %s are left out', (_name, attributes) => {
    expect(normalise(attributes)).toMatchObject({ model: '', providedUsage: {}, providedCost: {} });
  });

  it('are kept where the author says them', () => {
    expect(
      normalise({
        ...usage,
        'gen_ai.operation.name': 'invoke_agent',
        'langfuse.observation.usage_details': '{"input":3}',
        'langfuse.observation.cost_details': '{"total":0.5}',
        'langfuse.observation.model.name': 'said',
      }),
    ).toMatchObject({ model: 'said', providedUsage: { input: 3 }, providedCost: { total: 0.5 } });
  });
});

describe('other facets', () => {
  it('environment: what names Langfuse, then the deployment, made valid', () => {
    const environment = (attributes: Attributes, resource: Attributes) =>
      normalise(attributes, { resource }).environment;
    expect(environment({ 'deployment.environment': 'span' }, { 'langfuse.environment': 'resource' })).toBe(
      'resource',
    );
    expect(environment({}, { 'deployment.environment': 'old', 'deployment.environment.name': 'Prod' })).toBe(
      'prod',
    );
    expect(environment({ 'langfuse.environment': 'with blank' }, {})).toBe('default');
    expect(environment({}, {})).toBe('default');
  });

  it('prompt: of generations alone', () => {
    const prompt = { 'langfuse.observation.prompt.name': 'p', 'langfuse.observation.prompt.version': '3' };
    expect(normalise({ ...prompt, model: 'm' })).toMatchObject({ promptName: 'p', promptVersion: 3 });
    expect(normalise(prompt)).toMatchObject({ promptName: '', promptVersion: null });
    expect(
      normalise({ model: 'm', 'langfuse.prompt.name': 'p', 'langfuse.prompt.version': 'latest' })
        .promptVersion,
    ).toBeNull();
  });

  it('first token: as text, in JSON, without a zone; in milliseconds, in seconds', () => {
    const at = (attributes: Attributes) => {
      const { completionStartTime, startTime } = normalise(attributes);
      return completionStartTime === null ? null : completionStartTime - startTime;
    };
    const key = 'langfuse.observation.completion_start_time';
    expect(at({ [key]: '2026-01-02T00:00:00.250001Z' })).toBe(250_001);
    expect(at({ [key]: '"2026-01-02T01:00:00.5+01:00"' })).toBe(500_000);
    expect(at({ [key]: '2026-01-02T00:00:01' })).toBe(1_000_000);
    expect(at({ [key]: 'soon' })).toBeNull();
    expect(at({ 'ai.operationId': 'ai.x', 'ai.response.msToFirstChunk': 12.1 })).toBe(13_000);
    expect(at({ 'gen_ai.server.time_to_first_token': 0.0125 })).toBe(12_500);
  });

  it('model parameters: text and numbers, the rest as JSON, nothing for null', () => {
    expect(
      normalise({ 'langfuse.observation.model.parameters': '{"t":0.1,"s":"x","b":true,"a":[1],"n":null}' })
        .modelParameters,
    ).toEqual({ t: 0.1, s: 'x', b: 'true', a: '[1]' });
  });

  it('usage by hand: JSON of another kind says there is none, text that is no JSON says nothing', () => {
    const usage = (text: string) =>
      normalise({ 'langfuse.observation.usage_details': text, 'gen_ai.usage.input_tokens': 4 }).providedUsage;
    expect(usage('[1]')).toEqual({});
    expect(usage('{broken')).toEqual({ input: 4, total: 4 });
    expect(usage('{"input":1}')).toEqual({ input: 1 });
  });
});

describe('normaliseSpan', () => {
  it('is pure', () => {
    const span = makeSpan({ attributes: { model: 'm', 'langfuse.observation.metadata.a': '1' } });
    const before = JSON.stringify(span);
    expect(normaliseSpan(span)).toEqual(normaliseSpan(span));
    expect(JSON.stringify(span)).toBe(before);
  });

  /** Every key that a dialect of the corpus reads, so that chance finds its way into them. */
  const keys = [
    ...'langfuse.observation.input langfuse.observation.level langfuse.observation.usage_details langfuse.trace.tags langfuse.observation.metadata langfuse.observation.model.parameters langfuse.observation.completion_start_time langfuse.experiment.id langfuse.experiment.metadata gen_ai.operation.name gen_ai.input.messages gen_ai.system_instructions gen_ai.output.messages gen_ai.prompt.0.role gen_ai.prompt gen_ai.usage.input_tokens gen_ai.usage.cache_read_input_tokens llm.token_count.prompt llm.input_messages.0.message.content llm.invocation_parameters openinference.span.kind input.value metadata traceloop.span.kind traceloop.entity.input llm.request.functions.0.parameters ai.operationId operation.name ai.prompt.messages ai.response.text ai.response.toolCalls ai.response.providerMetadata ai.telemetry.metadata.langfusePrompt ai.usage.inputTokens logfire.msg logfire.json_schema prompt events all_messages_events request_data response_data pydantic_ai.all_messages model_request_parameters final_result mlflow.spanType mlflow.spanInputs mlflow.chat.tokenUsage lk.chat_ctx lk.response.text genkit:input genkit:output genkit:metadata:subtype gcp.vertex.agent.llm_request gcp.vertex.agent.llm_response langsmith.span.kind gen_ai.completion.0.content crew_key crew_tasks smolagents.task flue.turn.input sk.available_functions openrouter.source trace.metadata.openrouter.first_token_ms haystack.component.input haystack.component.output agent.name'.split(
      ' ',
    ),
  ];
  const scopes = [
    '',
    'ai',
    'langfuse-sdk',
    'genkit-tracer',
    'pydantic-ai',
    'livekit-agents',
    'gcp.vertex.agent',
    'langsmith',
    'logfire.openai',
    'strands.telemetry.tracer',
    'openai.agents',
    'haystack',
    'litellm',
    'autogen-core',
    'crewai.telemetry',
  ];

  it('takes any value under any key, from any scope', () => {
    const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<AttributeValue>;
    const value = fc.oneof(
      json,
      json.map((inner) => JSON.stringify(inner)),
      fc.string(),
      fc.constantFrom('chat', 'LLM', 'invoke_agent', '{}', '[]', '{"messages":[null,1,{"role":"user"}]}'),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), value, { maxKeys: 12 }),
        fc.constantFrom(...scopes),
        fc.array(
          fc.record({
            name: fc.constantFrom(
              'exception',
              'gen_ai.choice',
              'gen_ai.user.message',
              'gen_ai.content.prompt',
              'gen_ai.client.inference.operation.details',
            ),
            attributes: fc.dictionary(
              fc.constantFrom(...keys, 'content', 'message', 'gen_ai.event.content'),
              value,
              { maxKeys: 3 },
            ),
          }),
          { maxLength: 3 },
        ),
        (attributes, scope, events) => {
          const observation = normaliseSpan(makeSpan({ attributes, scope, events, statusCode: 2 }));
          for (const text of [
            observation.name,
            observation.input,
            observation.output,
            observation.model,
            observation.statusMessage,
            observation.trace.userId,
            ...observation.trace.tags,
            ...Object.values(observation.metadata),
          ])
            expect(typeof text).toBe('string');
          for (const count of Object.values(observation.providedUsage))
            expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('survives JSON text that nests a million levels', () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
    for (const key of [
      'langfuse.observation.metadata',
      'gen_ai.input.messages',
      'genkit:input',
      'metadata',
      'events',
    ])
      expect(() => normalise({ [key]: deep, 'gen_ai.system_instructions': 's' })).not.toThrow();
  });

  it('asks dialects of different names', () => {
    expect(new Set(dialects.map(({ name }) => name)).size).toBe(dialects.length);
  });
});
