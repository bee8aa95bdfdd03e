export { readTimeRange } from './read-time-range';
