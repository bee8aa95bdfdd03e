export { type ClientOptions, Unreachable } from './client';
export { type NounName, nounNames } from './context';
export { moveProject } from './move';
export { MoveError } from './move-error';
export { createProgress, type Progress } from './progress';
export { type MoveSettings, moveUsage, readMoveSettings } from './read-settings';
export { Report } from './report';
