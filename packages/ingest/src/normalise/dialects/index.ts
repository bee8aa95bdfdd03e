import type { Dialect } from '../dialect';
import { autogen } from './autogen';
import { bedrockAgentcore } from './bedrock-agentcore';
import { crewai } from './crewai';
import { flue } from './flue';
import { genAi } from './gen-ai';
import { genAiEvents } from './gen-ai-events';
import { genkit } from './genkit';
import { googleAdk } from './google-adk';
import { haystack } from './haystack';
import { langfuse } from './langfuse';
import { langgraph } from './langgraph';
import { langsmith } from './langsmith';
import { litellm } from './litellm';
import { livekit } from './livekit';
import { logfire } from './logfire';
import { mlflow } from './mlflow';
import { openaiAgents } from './openai-agents';
import { openInference } from './openinference';
import { openrouter } from './openrouter';
import { plain, spanStatus } from './plain';
import { pydanticAi } from './pydantic-ai';
import { semanticKernel } from './semantic-kernel';
import { smolagents } from './smolagents';
import { strandsAgents } from './strands-agents';
import { traceloop } from './traceloop';
import { vercelAi } from './vercel-ai';
import { vercelAi7 } from './vercel-ai-7';

/**
 * In the order they are asked: what an author said in so many words, then who knows one framework, then the
 * conventions that many frameworks share, then what any span says.
 */
export const dialects: readonly Dialect[] = [
  langfuse,
  spanStatus,
  genkit,
  vercelAi,
  vercelAi7,
  flue,
  openrouter,
  litellm,
  semanticKernel,
  autogen,
  strandsAgents,
  openaiAgents,
  pydanticAi,
  bedrockAgentcore,
  haystack,
  livekit,
  genAiEvents,
  googleAdk,
  logfire,
  mlflow,
  langsmith,
  langgraph,
  crewai,
  smolagents,
  traceloop,
  openInference,
  genAi,
  plain,
];

/** What its author says of a span outweighs that its numbers repeat those of its children. */
export const explicitDialect = langfuse;

/** Facets that some dialects are asked for before all others, which follow in the usual order. */
export const precedence: Partial<Record<keyof Dialect, readonly Dialect[]>> = {
  // A tool is called what the model calls it, whatever its framework calls the span.
  observationName: [genAi, genkit, logfire, vercelAi],
  // The shared convention has the provider's own words; OpenInference mostly has those of the caller.
  model: [...before(traceloop), genAi],
  usage: [...before(traceloop), genAi],
  cost: [...before(traceloop), genAi],
};

function before(dialect: Dialect): readonly Dialect[] {
  return dialects.slice(0, dialects.indexOf(dialect));
}
