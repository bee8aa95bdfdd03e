export { Refusal, type Server, Unreachable } from '@tracewell/move/client';
export { readDataFolder, readSeedSettings, type SeedSettings, seedUsage } from './read-settings';
export { SeedError } from './seed-error';
export { type Seeded, seedProject } from './seed-project';
