import { ApiError, getHealth, getReadiness } from '@tracewell/contract';
import { hasRecentEvents } from '@tracewell/modules/health/index';
import type { ApiDeps } from '../deps';
import { json } from '../respond';
import type { Api } from '../serve';

export function mountHealth(api: Api, deps: ApiDeps): void {
  const { version } = deps.config;

  api.open(getHealth, async ({ query }) => {
    if (query.failIfDatabaseUnavailable && !(await areStoresUp())) {
      return json({ status: 'Database not available', version }, 503);
    }
    if (query.failIfNoRecentEvents && !(await hasRecentEvents(deps.columnar))) {
      return json({ status: 'No events within the last 3 minutes', version }, 503);
    }
    return { status: 'OK', version };
  });

  api.open(getReadiness, async () => {
    if (!deps.isServing())
      throw new ApiError('unavailable', 'This process starts or drains. Ask another one.');
    if (!(await areStoresUp())) throw new ApiError('unavailable', 'A store does not answer.');
    return { status: 'OK', version };
  });

  async function areStoresUp(): Promise<boolean> {
    const answers = await Promise.all([deps.relational.ping(), deps.columnar.ping()]);
    return answers.every(Boolean);
  }
}
