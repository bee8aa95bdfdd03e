import type { Dashboard, DashboardPlacement, DashboardWidget } from '@tracewell/contract';
import type { MoveContext, Noun } from '../context';
import { readAll } from '../pages';
import { attempt } from './attempt';
import { canonical, pairUp } from './pair';

const noun = 'dashboards';
const path = '/unstable/dashboards';
const widgetsPath = '/unstable/dashboard-widgets';

const contentOf = (widget: DashboardWidget) => {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...content } = widget;
  return content;
};
const keyOf = (widget: DashboardWidget) => canonical(contentOf(widget));

/** Lists come with the last changed first. */
async function readPairs({ from, to, state }: MoveContext) {
  const there = (await readAll<DashboardWidget>(from, widgetsPath)).reverse();
  const here = (await readAll<DashboardWidget>(to, widgetsPath)).reverse();
  return { pairs: pairUp(there, here, state.ids('dashboard-widgets'), keyOf, keyOf), here };
}

/** Dashboards and their widgets, where the server gives them: this part of the API is unstable. */
export const dashboards: Noun = {
  name: noun,
  needs: [],

  async move(context) {
    const { from, to, state } = context;
    for (const { there, here } of (await readPairs(context)).pairs) {
      const moved =
        here ??
        (await attempt(context, noun, `widget ${there.name}`, () =>
          to.send<DashboardWidget>('POST', widgetsPath, contentOf(there), 'once'),
        ));
      if (moved) state.ids('dashboard-widgets').set(there.id, moved.id);
      state.save();
    }
    const here = new Set((await readAll<Dashboard>(to, path)).map(({ name }) => name));
    for (const dashboard of (await readAll<Dashboard>(from, path)).reverse()) {
      if (here.has(dashboard.name)) continue;
      await attempt(context, noun, dashboard.name, () =>
        to.send('POST', path, bodyOf(context, dashboard), 'once'),
      );
    }
  },

  async verify(context) {
    const { from, to, report } = context;
    const { pairs, here } = await readPairs(context);
    report.counts.push({
      noun: 'dashboard widgets',
      there: pairs.length,
      here: here.length,
      compared: pairs.length,
      different: pairs.flatMap((pair) =>
        pair.here && keyOf(pair.there) === keyOf(pair.here)
          ? []
          : [`${pair.there.name} is not here as it is there`],
      ),
    });
    const dashboardsThere = await readAll<Dashboard>(from, path);
    const dashboardsHere = await readAll<Dashboard>(to, path);
    const byName = new Map(dashboardsHere.map((dashboard) => [dashboard.name, dashboard]));
    report.counts.push({
      noun,
      there: dashboardsThere.length,
      here: dashboardsHere.length,
      compared: dashboardsThere.length,
      different: dashboardsThere.flatMap((dashboard) => {
        const moved = byName.get(dashboard.name);
        const isSame = moved && canonical(plainOf(moved)) === canonical(bodyOf(context, dashboard));
        return isSame ? [] : [`${dashboard.name} is not here as it is there`];
      }),
    });
  },
};

const plainOf = ({ name, description, definition, filters }: Dashboard) => ({
  name,
  description,
  definition,
  filters,
});

/** A tile whose widget could not be moved is left out; the widget is said to be lost. */
function bodyOf({ state }: MoveContext, dashboard: Dashboard) {
  const { widgets } = dashboard.definition;
  const placements = widgets.flatMap((placement): DashboardPlacement[] => {
    if (placement.type !== 'widget') return [placement];
    const widgetId = state.ids('dashboard-widgets').get(placement.widgetId);
    return widgetId === undefined ? [] : [{ ...placement, widgetId }];
  });
  return { ...plainOf(dashboard), definition: { widgets: placements } };
}
