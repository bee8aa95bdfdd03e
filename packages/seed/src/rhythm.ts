import type { Random } from './random';

/** How busy an hour of the day is for an application, 0 to 1. UTC, for people of Europe. */
export type Rhythm = 'office' | 'evening' | 'night-batch';

const hours: Record<Rhythm, readonly number[]> = {
  office: [1, 1, 0, 0, 0, 1, 3, 8, 16, 20, 20, 18, 13, 17, 20, 18, 14, 9, 5, 4, 3, 3, 2, 1],
  evening: [3, 2, 1, 1, 1, 1, 2, 5, 8, 10, 11, 12, 12, 11, 11, 12, 13, 15, 18, 20, 20, 17, 11, 6],
  'night-batch': [3, 14, 20, 20, 9, 3, 2, 2, 3, 3, 3, 3, 2, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 3],
};
const busiest = 20;
/** Sunday first. */
const weekdays: Record<Rhythm, readonly number[]> = {
  office: [0.15, 1, 1, 1, 0.95, 0.85, 0.2],
  evening: [0.9, 0.8, 0.75, 0.8, 0.85, 0.95, 1],
  'night-batch': [0.5, 1, 1, 1, 1, 1, 0.6],
};
/** By then a moment is taken as it is. */
const maxTries = 200;

/** A moment between the two, more likely where the application is busy. */
export function pickMoment(random: Random, rhythm: Rhythm, fromMs: number, untilMs: number): number {
  let moment = untilMs;
  for (let tries = 0; tries < maxTries; tries++) {
    moment = Math.floor(fromMs + random.next() * (untilMs - fromMs));
    const time = new Date(moment);
    const weight = (hours[rhythm][time.getUTCHours()]! / busiest) * weekdays[rhythm][time.getUTCDay()]!;
    if (random.chance(weight)) return moment;
  }
  return moment;
}
