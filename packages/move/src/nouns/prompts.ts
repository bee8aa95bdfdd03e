import type { Prompt, PromptMeta } from '@tracewell/contract';
import { type Client, Refusal } from '../client';
import type { MoveContext, Noun } from '../context';
import { readAll } from '../pages';
import { type Fields, findDifferences } from '../same';

const noun = 'prompts';
const path = '/v2/prompts';

const content: Fields = { type: 'value', prompt: 'value', config: 'value', commitMessage: 'value' };
const all: Fields = { ...content, version: 'value', labels: 'set', tags: 'set' };

const list = (client: Client) => readAll<PromptMeta>(client, path);
/** As it was written, references to other prompts included. */
const readVersion = (client: Client, name: string, version: number): Promise<Prompt> =>
  client.get(`${path}/${encodeURIComponent(name)}`, { version, resolve: 'false' });

/** A prompt on its way: its versions that are still to come, the oldest first. */
interface Waiting {
  name: string;
  versions: number[];
  /** The number that the next version gets here. */
  next: number;
  /** Why it waits. */
  said: string;
}

/**
 * Prompts with all their versions under their numbers. A number that is deleted there is used up here by a filler
 * that is deleted again. References make an order: whatever cannot be written yet waits for a later round.
 */
export const prompts: Noun = {
  name: noun,
  needs: [],

  async move(context) {
    const { from, to, report, progress, state } = context;
    const here = new Map((await list(to)).map((prompt) => [prompt.name, prompt.versions]));
    let waiting: Waiting[] = [];
    for (const { name, versions } of await list(from)) {
      const numbers = [...versions].sort((a, b) => a - b);
      const before = new Set(here.get(name) ?? []);
      for (const version of numbers.filter((number) => before.has(number))) {
        await adopt(context, name, version);
      }
      const next = Math.max(0, ...before) + 1;
      const missing = numbers.filter((number) => !before.has(number));
      for (const version of missing.filter((number) => number < next)) {
        report.find(
          'lost',
          noun,
          `${name} version ${version}: Tracewell has used that number; delete the prompt here to move it whole`,
        );
      }
      const toCome = missing.filter((number) => number >= next);
      if (toCome.length > 0) waiting.push({ name, versions: toCome, next, said: '' });
    }

    while (waiting.length > 0) {
      let moved = 0;
      for (const prompt of waiting) {
        while (prompt.versions.length > 0 && (await moveVersion(prompt))) {
          moved++;
          progress.step(`prompts: ${prompt.name} version ${prompt.next - 1}`);
        }
      }
      waiting = waiting.filter(({ versions }) => versions.length > 0);
      if (moved > 0) continue;
      for (const prompt of waiting) {
        report.find('lost', noun, `${prompt.name} version ${prompt.versions.shift()}: ${prompt.said}`);
      }
      waiting = waiting.filter(({ versions }) => versions.length > 0);
    }
    await deleteFillers(context);

    async function moveVersion(prompt: Waiting): Promise<boolean> {
      const { name } = prompt;
      const version = prompt.versions[0]!;
      const source = await readVersion(from, name, version);
      try {
        for (; prompt.next < version; prompt.next++) {
          await create({ name, type: source.type, prompt: emptyOf(source), commitMessage: fillerMessage });
        }
        const created = await create({
          name,
          type: source.type,
          prompt: source.prompt,
          config: source.config ?? {},
          labels: source.labels.filter((label) => label !== 'latest'),
          tags: source.tags,
          commitMessage: source.commitMessage ?? undefined,
        });
        state.ids('prompt-versions').set(source.id, created.id);
        state.save();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        prompt.said = error.said;
        return false;
      }
      prompt.next = version + 1;
      prompt.versions.shift();
      return true;
    }

    function create(body: object): Promise<Prompt> {
      return to.send('POST', path, body, 'once');
    }
  },

  async verify({ from, to, report }) {
    const there = await list(from);
    const here = await list(to);
    const hereByName = new Map(here.map((prompt) => [prompt.name, prompt]));
    const different: string[] = [];
    let compared = 0;
    for (const { name, versions } of there) {
      for (const version of versions) {
        compared++;
        const isHere = hereByName.get(name)?.versions.includes(version);
        const fields = isHere
          ? findDifferences(all, await readVersion(from, name, version), await readVersion(to, name, version))
          : [];
        if (!isHere) different.push(`${name} version ${version} is not here`);
        else if (fields.length > 0) different.push(`${name} version ${version}: ${fields.join(', ')}`);
      }
    }
    report.counts.push({ noun, there: there.length, here: here.length, compared: 0, different: [] });
    report.counts.push({
      noun: 'versions of prompts',
      there: compared,
      here: here.reduce((sum, { versions }) => sum + versions.length, 0),
      compared,
      different,
    });
  },
};

const emptyOf = ({ type }: Prompt) => (type === 'chat' ? [] : '');
const fillerMessage = 'Holds the number of a version that was deleted before the move';

/** Also those that an interrupted run left. */
async function deleteFillers({ from, to }: MoveContext): Promise<void> {
  const there = new Map((await list(from)).map((prompt) => [prompt.name, prompt.versions]));
  for (const { name, versions } of await list(to)) {
    for (const version of versions) {
      if (there.get(name)?.includes(version) ?? true) continue;
      if ((await readVersion(to, name, version)).commitMessage !== fillerMessage) continue;
      await to.send('DELETE', `${path}/${encodeURIComponent(name)}?version=${version}`, undefined, 'once');
    }
  }
}

/** A version that is here already: its content stays, labels that were moved there are moved here. */
async function adopt({ from, to, report, state }: MoveContext, name: string, version: number): Promise<void> {
  const there = await readVersion(from, name, version);
  const here = await readVersion(to, name, version);
  if (findDifferences(content, there, here).length > 0) {
    report.find('lost', noun, `${name} version ${version}: Tracewell has another text under that number`);
    return;
  }
  state.ids('prompt-versions').set(there.id, here.id);
  const newLabels = there.labels.filter((label) => label !== 'latest' && !here.labels.includes(label));
  if (newLabels.length === 0) return;
  await to.send(
    'PATCH',
    `${path}/${encodeURIComponent(name)}/versions/${version}`,
    { newLabels },
    'repeatable',
  );
}
