import { expect } from 'vitest';
import {
  costOfCall,
  drawTree,
  failureOfBroken,
  type ReadTrace,
  testWithModels,
  usageOfCall,
} from './python-with-models';

/** The LangChain callback: a chain, the same streamed, a retriever, an agent with a tool, and a call that fails. */
interface Answers {
  chain: ReadTrace;
  stream: ReadTrace;
  shelf: ReadTrace;
  agent: ReadTrace;
  failing: ReadTrace;
  answer: string;
  streamed: string;
  failure: string;
}

const names = ['chain', 'stream', 'shelf', 'agent', 'failing'] as const;
const question = [{ role: 'user', content: 'Where is Rome?' }];
const echo = 'You said: Where is Rome?';
const cost = expect.closeTo(costOfCall, 10);
const call = {
  type: 'GENERATION',
  model: 'gpt-4o',
  level: 'DEFAULT',
  usage: { ...usageOfCall, input_cache_read: 4, output_reasoning: 3 },
  cost,
};

testWithModels('LangChain', [
  {
    script: 'langchain_v3.py',
    environments: ['3.14.6', '4.18.0'],
    check(value: Answers, environment) {
      expectWhatAllSay(value, environment);
      for (const name of names) expect(value[name].name).toBe(name);
      expect(value.chain.observations.ChatOpenAI!.parameters).toEqual({ temperature: 0.5 });
      for (const name of ['chain', 'stream'] as const) {
        expect(drawTree(value[name])).toEqual([
          `ChatOpenAI: GENERATION < ${name}`,
          `ChatPromptTemplate: CHAIN < ${name}`,
          `StrOutputParser: CHAIN < ${name}`,
          `${name}: CHAIN`,
        ]);
      }
      expect(drawTree(value.shelf)).toEqual([
        'RunnableLambda: CHAIN < shelf',
        'Shelf: RETRIEVER < shelf',
        'shelf: CHAIN',
      ]);
      expect(drawTree(value.agent)).toEqual([
        'ChatOpenAI #2: GENERATION < model #2',
        'ChatOpenAI: GENERATION < model',
        'agent: AGENT',
        'model #2: CHAIN < agent',
        'model: CHAIN < agent',
        'tools: CHAIN < agent',
        'weather: TOOL < tools',
      ]);
      expect(value.agent.observations).toMatchObject({
        ChatOpenAI: { output: { tool_calls: [{ name: 'weather', args: { city: 'Paris' } }] } },
        weather: {
          // The third generation sends what Python prints of the arguments.
          input: environment.startsWith('3.') ? "{'city': 'Paris'}" : { city: 'Paris' },
          output: { content: 'Sun in Paris' },
        },
      });
      expect(value.failing).toMatchObject({ output: null });
    },
  },
  {
    script: 'langchain_v2.py',
    environments: ['2.60.10'],
    check(value: Answers, environment) {
      expectWhatAllSay(value, environment);
      for (const name of names) expect(value[name].name).toBe(`${name} trace`);
      // The client makes text of a fraction before it sends it.
      expect(value.chain.observations.ChatOpenAI!.parameters).toEqual({ temperature: '0.5' });
      for (const name of ['chain', 'stream'] as const) {
        expect(drawTree(value[name])).toEqual([
          `ChatOpenAI: GENERATION < ${name}`,
          `ChatPromptTemplate: SPAN < ${name}`,
          `StrOutputParser: SPAN < ${name}`,
          `${name}: SPAN`,
        ]);
      }
      expect(drawTree(value.shelf)).toEqual([
        'RunnableLambda: SPAN < shelf',
        'Shelf: SPAN < shelf',
        'shelf: SPAN',
      ]);
      const step = (suffix: string) => [
        `ChatOpenAI${suffix}: GENERATION < RunnableSequence${suffix}`,
        `ChatPromptTemplate${suffix}: SPAN < RunnableSequence${suffix}`,
        `RunnableAssign<agent_scratchpad>${suffix}: SPAN < RunnableSequence${suffix}`,
        `RunnableLambda${suffix}: SPAN < RunnableParallel<agent_scratchpad>${suffix}`,
        `RunnableParallel<agent_scratchpad>${suffix}: SPAN < RunnableAssign<agent_scratchpad>${suffix}`,
        `RunnableSequence${suffix}: SPAN < agent`,
        `ToolsAgentOutputParser${suffix}: SPAN < RunnableSequence${suffix}`,
      ];
      expect(drawTree(value.agent)).toEqual(
        ['agent: SPAN', 'weather: SPAN < agent', ...step(''), ...step(' #2')].sort(),
      );
      const called = { function: { name: 'weather', arguments: '{"city":"Paris"}' } };
      expect(value.agent.observations).toMatchObject({
        ChatOpenAI: { output: { additional_kwargs: { tool_calls: [called] } } },
        weather: { input: "{'city': 'Paris'}", output: 'Sun in Paris' },
      });
      expect(value.agent.output).toEqual({ output: 'You said: How is the weather?' });
      expect(value.failing).toMatchObject({ output: `BadRequestError: ${failureOfBroken}` });
    },
  },
]);

function expectWhatAllSay(value: Answers, environment: string): void {
  expect([value.answer, value.streamed, value.failure]).toEqual([echo, echo, failureOfBroken]);
  for (const name of names) {
    expect(value[name], name).toMatchObject({
      user: `ada of ${environment}`,
      session: 's-chain',
      tags: ['a', 'b'],
      metadata: { shop: '7' },
    });
  }
  const prompt = [`ask of ${environment}`, 1];
  const asked = { ...call, input: question, prompt };
  expect(value.chain).toMatchObject({ input: { what: 'Rome' }, output: echo, cost });
  expect(value.stream).toMatchObject({ input: { what: 'Rome' }, output: echo, cost });
  expect(value.chain.observations.ChatOpenAI).toMatchObject({
    ...asked,
    output: { role: 'assistant', content: echo },
    streamed: false,
  });
  expect(value.stream.observations.ChatOpenAI).toMatchObject({
    ...asked,
    output: { role: 'assistant', content: echo },
    streamed: true,
  });
  expect(value.shelf).toMatchObject({ input: 'Rome', output: 'A book on Rome' });
  expect(value.shelf.observations.Shelf).toMatchObject({
    input: 'Rome',
    output: [{ page_content: 'A book on Rome', metadata: { row: 3 } }],
  });
  expect(value.agent.cost).toBeCloseTo(2 * costOfCall, 10);
  expect(value.agent.observations).toMatchObject({
    ChatOpenAI: call,
    'ChatOpenAI #2': { ...call, output: { content: 'You said: How is the weather?' } },
  });
  const failed = { level: 'ERROR', status: failureOfBroken, output: null };
  expect(value.failing.observations).toMatchObject({
    failing: failed,
    ChatPromptTemplate: { level: 'DEFAULT' },
    ChatOpenAI: { ...failed, model: 'broken', input: question, usage: {} },
  });
  expect(value.failing.cost).toBe(0);
}
