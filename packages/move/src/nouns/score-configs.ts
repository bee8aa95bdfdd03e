import type { PublicScoreConfig } from '@tracewell/contract';
import type { MoveContext, Noun } from '../context';
import { readAll } from '../pages';
import { type Fields, findDifferences } from '../same';
import { attempt } from './attempt';
import { canonical, pairUp } from './pair';

const noun = 'score-configs';
const path = '/score-configs';

const definition: Fields = {
  name: 'value',
  dataType: 'value',
  minValue: 'value',
  maxValue: 'value',
  categories: 'value',
  description: 'value',
};
const keyOf = ({ name, dataType }: PublicScoreConfig) => canonical([name, dataType]);

async function readPairs({ from, to, state }: MoveContext) {
  // Lists are newest first.
  const there = (await readAll<PublicScoreConfig>(from, path)).reverse();
  const here = (await readAll<PublicScoreConfig>(to, path)).reverse();
  return { pairs: pairUp(there, here, state.ids(noun), keyOf, keyOf), here };
}

/** What scores may be. Archived ones take no scores: they are archived after the scores came. */
export const scoreConfigs: Noun = {
  name: noun,
  needs: [],

  async move(context) {
    const { to, state } = context;
    for (const { there, here } of (await readPairs(context)).pairs) {
      const body = bodyOf(there);
      const moved = here ?? (await attempt(context, noun, there.name, () => create(body)));
      if (!moved) continue;
      state.ids(noun).set(there.id, moved.id);
      state.save();
      const isOpen = there.isArchived && moved.isArchived;
      if (!isOpen && findDifferences(definition, there, moved).length === 0) continue;
      await attempt(context, noun, there.name, () =>
        to.send(
          'PATCH',
          `${path}/${encodeURIComponent(moved.id)}`,
          { ...body, isArchived: false },
          'repeatable',
        ),
      );
    }
    function create(body: object): Promise<PublicScoreConfig> {
      return to.send('POST', path, body, 'once');
    }
  },

  async finish(context) {
    for (const { there, here } of (await readPairs(context)).pairs) {
      if (!here || here.isArchived === there.isArchived) continue;
      await attempt(context, noun, there.name, () =>
        context.to.send(
          'PATCH',
          `${path}/${encodeURIComponent(here.id)}`,
          { isArchived: there.isArchived },
          'repeatable',
        ),
      );
    }
  },

  async verify(context) {
    const { pairs, here } = await readPairs(context);
    const different = pairs.flatMap(({ there, here }) => {
      if (!here) return [`${there.name} is not here`];
      const fields = findDifferences({ ...definition, isArchived: 'value' }, there, here);
      return fields.length > 0 ? [`${there.name}: ${fields.join(', ')}`] : [];
    });
    context.report.counts.push({
      noun,
      there: pairs.length,
      here: here.length,
      compared: pairs.length,
      different,
    });
  },
};

/** Categories of other types are the server's own. */
function bodyOf({ name, dataType, minValue, maxValue, categories, description }: PublicScoreConfig) {
  return {
    name,
    dataType,
    ...(dataType === 'NUMERIC' && { minValue, maxValue }),
    ...(dataType === 'CATEGORICAL' && { categories }),
    description,
  };
}
