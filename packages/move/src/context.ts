import type { Client } from './client';
import type { Progress } from './progress';
import type { Report } from './report';
import type { MoveState } from './state';

/** How a server is asked for what was recorded: by the lists of all generations, or by those of the newest alone. */
export type HistoryReads = 'v1' | 'v2';

/** Everything that the verbs of a move work with. */
export interface MoveContext {
  from: Client;
  to: Client;
  state: MoveState;
  report: Report;
  progress: Progress;
  /** Recorded things of this time. */
  since: Date;
  until: Date;
  /** Whether `since` was asked for, so that older things are left out on purpose. */
  isPart: boolean;
  pageSize: number;
  /** Recorded things that are compared by field. */
  sampleSize: number;
  reads: HistoryReads;
  /** Nothing is written, and so nothing is waited for. */
  isDryRun: boolean;
  /** Folder for files on their way. */
  scratch: string;
}

export const nounNames = [
  'score-configs',
  'models',
  'prompts',
  'datasets',
  'traces',
  'dataset-runs',
  'annotation-queues',
  'scores',
  'comments',
  'dashboards',
  'llm-connections',
] as const;
export type NounName = (typeof nounNames)[number];

/** What can be moved by itself. Everything may be done twice, and then changes nothing. */
export interface Noun {
  name: NounName;
  /** Nouns whose ids it speaks of. */
  needs: readonly NounName[];
  move(context: MoveContext): Promise<void>;
  /** What can be done only after all others were moved. */
  finish?(context: MoveContext): Promise<void>;
  verify(context: MoveContext): Promise<void>;
}
