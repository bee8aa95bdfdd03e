import type { PublicModel } from '@tracewell/contract';
import { Refusal } from '../client';
import type { MoveContext, Noun } from '../context';
import { readAll } from '../pages';
import { attempt } from './attempt';
import { canonical } from './pair';

const noun = 'models';
const path = '/models';

/** Only what the project defined itself. */
const readOwn = async (client: MoveContext['from']): Promise<PublicModel[]> =>
  (await readAll<PublicModel>(client, path)).filter(({ isLangfuseManaged }) => !isLangfuseManaged);

/** Definitions of models and their prices, with their ids. */
export const models: Noun = {
  name: noun,
  needs: [],

  async move(context) {
    const { from, to } = context;
    const here = new Map((await readOwn(to)).map((model) => [model.modelName, model]));
    for (const model of await readOwn(from)) {
      const body = bodyOf(model);
      const before = here.get(model.modelName);
      if (before && canonical(bodyOf(before)) === canonical(body)) continue;
      const id = before?.id ?? model.id;
      await attempt(context, noun, model.modelName, async () => {
        try {
          await to.send('PUT', `${path}/${encodeURIComponent(id)}`, body, 'repeatable');
        } catch (error) {
          // Another project of this server has the id.
          if (!(error instanceof Refusal) || error.status !== 409) throw error;
          await to.send('POST', path, body, 'once');
        }
      });
    }
  },

  async verify({ from, to, report }) {
    const there = await readOwn(from);
    const here = await readOwn(to);
    const byName = new Map(here.map((model) => [model.modelName, model]));
    const different = there.flatMap((model) => {
      const moved = byName.get(model.modelName);
      if (!moved) return [`${model.modelName} is not here`];
      return canonical(bodyOf(moved)) === canonical(bodyOf(model))
        ? []
        : [`${model.modelName} is defined otherwise`];
    });
    report.counts.push({ noun, there: there.length, here: here.length, compared: there.length, different });
  },
};

/** Older servers know flat prices only. */
function bodyOf(model: PublicModel) {
  const { modelName, matchPattern, startDate, unit, tokenizerId, tokenizerConfig } = model;
  const tiers = model.pricingTiers ?? [];
  const { inputPrice, outputPrice, totalPrice } = model;
  const prices =
    tiers.length > 0
      ? {
          pricingTiers: tiers.map(({ name, isDefault, priority, conditions, prices }) => ({
            name,
            isDefault,
            priority,
            conditions,
            prices,
          })),
        }
      : totalPrice !== null && totalPrice !== undefined
        ? { totalPrice }
        : { inputPrice, outputPrice };
  return {
    modelName,
    matchPattern,
    startDate: startDate && new Date(startDate).toISOString(),
    unit,
    tokenizerId,
    tokenizerConfig,
    ...prices,
  };
}
