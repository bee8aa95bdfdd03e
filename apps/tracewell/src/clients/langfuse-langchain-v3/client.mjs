import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { AgentExecutor, createToolCallingAgent } from 'langchain/agents';
import { Langfuse } from 'langfuse';
import { CallbackHandler } from 'langfuse-langchain';
import { z } from 'zod';

/**
 * A program of LangChain 0.3 under langfuse-langchain v3, which it finds in the folder of this file. Keys and addresses
 * come from the environment. Prints as JSON the traces it made, as the client reads them back.
 */
const langfuse = new Langfuse();
langfuse.on('error', (error) => console.error(error));

const chatModel = (model = 'gpt-4o-mini') =>
  new ChatOpenAI({
    model,
    temperature: 0.2,
    apiKey: 'sk-none',
    maxRetries: 0,
    configuration: { baseURL: process.env.MODELS_BASE_URL },
  });

async function run(call, count) {
  const handler = new CallbackHandler({
    userId: 'ada',
    sessionId: 's-langchain-v3',
    tags: ['a', 'b'],
    metadata: { shop: '7' },
  });
  await call(handler);
  await handler.shutdownAsync();
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { data } = await langfuse.fetchTraces({ sessionId: 's-langchain-v3' });
    // A trace that is not there yet is asked for in the list, where that is no error.
    if (data.some(({ id }) => id === handler.traceId)) {
      const { data: trace } = await langfuse.fetchTrace(handler.traceId);
      if (trace.observations.length === count) return trace;
      if (Date.now() > deadline) throw new Error(trace.observations.map(({ name }) => name).join('\n'));
    }
    if (Date.now() > deadline) throw new Error(`no trace ${handler.traceId}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await langfuse.createPrompt({ name: 'asking', prompt: 'Tell me of {{topic}}', labels: ['production'] });
const prompt = await langfuse.getPrompt('asking');
const template = ChatPromptTemplate.fromMessages([['user', prompt.getLangchainPrompt()]]).withConfig({
  metadata: { langfusePrompt: prompt },
});
const chain = await run(
  (handler) =>
    template
      .pipe(chatModel())
      .pipe(new StringOutputParser())
      .invoke({ topic: 'bees' }, { callbacks: [handler], runName: 'describe' }),
  4,
);

const stream = await run(async (handler) => {
  const model = chatModel();
  for await (const _ of await model.stream('Tell me more', { callbacks: [handler] }));
}, 1);

const weather = tool(({ city }) => `20 degrees in ${city}`, {
  name: 'weather',
  description: 'Weather of a city',
  schema: z.object({ city: z.string() }),
});
const agent = await run(async (handler) => {
  const llm = chatModel();
  const asking = ChatPromptTemplate.fromMessages([
    ['user', '{input}'],
    ['placeholder', '{agent_scratchpad}'],
  ]);
  const executor = new AgentExecutor({
    agent: createToolCallingAgent({ llm, tools: [weather], prompt: asking }),
    tools: [weather],
  });
  await executor.invoke({ input: 'Weather?' }, { callbacks: [handler], runName: 'helper' });
}, 16);

const failure = await run(
  (handler) =>
    chatModel('broken')
      .invoke('Hi', { callbacks: [handler] })
      .then(
        () => console.error('The broken model answered.'),
        () => {},
      ),
  1,
);

await langfuse.shutdownAsync();
console.log(JSON.stringify({ chain, stream, agent, failure }));
