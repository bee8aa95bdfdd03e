import { StructuredError } from '@tracewell/contract';

export const noWidget = (widgetId: string): StructuredError =>
  new StructuredError(
    'not_found',
    'resource_not_found',
    `This project has no dashboard widget ${widgetId.slice(0, 200)}; GET /api/public/unstable/dashboard-widgets lists those it has.`,
    { field: 'widgetId', value: widgetId.slice(0, 200) },
  );
