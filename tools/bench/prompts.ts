import type { Instance } from '../../packages/testkit/src/instance';
import { cpuSeconds } from './processes';

/**
 * Fetch of a prompt by name and label, as an SDK does it whose cache is empty: one after another over one connection
 * that is kept, by a warm server. Milliseconds as the client sees them, its own work included; CPU is of all processes
 * of the instance, and the figure to go by on a busy machine.
 */
const rounds = 2_000;
/** Until the server and the client have compiled what they run. */
const warmUpRounds = 500;
const name = 'bench/answer';
const label = 'production';

export async function measurePromptFetch(instance: Instance): Promise<Record<string, number>> {
  const created = await instance.fetch('/api/public/v2/prompts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name,
      type: 'chat',
      prompt: [
        { role: 'system', content: `You answer in one sentence. ${'Rule. '.repeat(300)}` },
        { role: 'user', content: '{{question}}' },
      ],
      config: { model: 'gpt-4o', temperature: 0.2 },
      labels: [label],
    }),
  });
  if (!created.ok) throw new Error(`the prompt was refused: ${created.status} ${await created.text()}`);
  const path = `/api/public/v2/prompts/${encodeURIComponent(name)}?label=${label}`;
  await fetchPrompt(instance, path, warmUpRounds);
  const cpuBefore = cpuSeconds(instance.launcher.pid!);
  const taken = (await fetchPrompt(instance, path, rounds)).sort((a, b) => a - b);
  const cpu = cpuSeconds(instance.launcher.pid!) - cpuBefore;
  const at = (share: number) => round(taken[Math.floor(rounds * share)]!);
  return {
    requests: rounds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    worstMs: round(taken.at(-1)!),
    cpuMsPerFetch: round((cpu / rounds) * 1_000),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** How long each took. Throws when one is refused or is another prompt: only right answers are timed. */
async function fetchPrompt(instance: Instance, path: string, times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    const response = await instance.fetch(path);
    const text = await response.text();
    taken.push(performance.now() - startedAt);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
    const prompt = JSON.parse(text) as { name: string; labels: string[] };
    if (prompt.name !== name || !prompt.labels.includes(label)) throw new Error(`${path} is another prompt`);
  }
  return taken;
}
