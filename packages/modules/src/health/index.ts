export { hasRecentEvents } from './has-recent-events';
