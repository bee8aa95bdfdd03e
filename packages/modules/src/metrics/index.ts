export { listDailyMetrics } from './list-daily-metrics';
export { queryMetricsV1, queryMetricsV2 } from './query-metrics';
