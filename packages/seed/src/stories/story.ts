import type { MediaFile, Score, Trace } from '../plan';
import type { Random } from '../random';
import type { Rhythm } from '../rhythm';

/** Where in the life of the project something happens. */
export interface Setting {
  random: Random;
  startMs: number;
  release: string;
  /** Users by name, some of them busier than others. */
  userId: string;
  /** A provider is overloaded just now: calls fail that else do not. */
  isIncident: boolean;
  /** The newer version of prompts is in use. */
  isLate: boolean;
}

export interface Told {
  traces: Trace[];
  scores: Score[];
  media: MediaFile[];
}

/** One application of the demo: tells what it did on one occasion, in one trace or a session of several. */
export interface Story {
  rhythm: Rhythm;
  tell(setting: Setting): Told;
}
