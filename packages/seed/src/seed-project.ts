import { Client, Refusal, type Server } from '@tracewell/move/client';
import { generateDemo } from './generate-demo';
import type { SeedSettings } from './read-settings';
import { SeedError } from './seed-error';
import { type OnProgress, sendDemo } from './send-demo';

export interface Seeded {
  projectName: string;
  traces: number;
  observations: number;
  scores: number;
}

/** Makes a demo project and sends it. Refuses before it sends anything where the keys are not the server's. */
export async function seedProject(
  settings: SeedSettings,
  options: { onProgress: OnProgress; onPause?: (text: string) => void },
): Promise<Seeded> {
  const { server, seed, traces, days, until } = settings;
  const client = new Client(server, { ...(options.onPause && { onPause: options.onPause }) });
  const projectName = await findProject(client, server);
  // Ids come of the seed; another end of the days makes other traces.
  const untilMs = Math.floor(until.getTime() / 60_000) * 60_000;
  const demo = generateDemo({ seed: (seed ^ Math.floor(untilMs / 60_000)) >>> 0, traces, days, untilMs });
  await sendDemo(client, demo, options.onProgress);
  return {
    projectName,
    traces: demo.traces.length,
    observations: demo.traces.reduce((sum, { spans }) => sum + spans.length, 0),
    scores: demo.scores.length,
  };
}

/** A server that is not there is said at once, not after minutes of trying. */
const maxFirstTries = 2;

async function findProject(client: Client, server: Server): Promise<string> {
  try {
    const { data } = await client.get<{ data: { name: string }[] }>('/projects', {}, maxFirstTries);
    return data[0]?.name ?? 'the project';
  } catch (error) {
    if (error instanceof Refusal && (error.status === 401 || error.status === 403)) {
      throw new SeedError(
        `${server.url} does not know the key ${server.publicKey}, or its secret is another: ${error.said}\nTake both from the project's settings under API keys. Nothing was sent.`,
      );
    }
    throw error;
  }
}
