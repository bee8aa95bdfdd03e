/**
 * A range of time as people type it. Grammar, in words: `all`; `today`, `yesterday`, `this week`; an amount
 * (`25m`, `2 hours`, `last 3 days`); a day or a moment (`2026-11-03`, `nov 3`, `2026-11-03 14:00`, `14:00`);
 * two moments with `to`, `..`, or a spaced `-` between them. In URLs two ISO times stand with `..` between.
 */
export interface TimeRange {
  /** null: from the beginning. */
  from: Date | null;
  /** null: up to now and on, so new traces keep coming. */
  to: Date | null;
  /** How it is called on the button. */
  label: string;
}

const unitMs: Record<string, number> = { s: 1e3, m: 60e3, h: 3600e3, d: 86_400e3, w: 7 * 86_400e3 };
const unitNames: Record<string, [string, string]> = {
  s: ['second', 's'],
  m: ['minute', 'm'],
  h: ['hour', 'h'],
  d: ['day', 'd'],
  w: ['week', 'w'],
};
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** null when the text is no range we know. */
export function parseTimeRange(text: string, now: Date): TimeRange | null {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (words === 'all' || words === 'all time') return { from: null, to: null, label: 'All time' };
  return (
    parseNamed(words, now) ??
    parseAmount(words, now) ??
    parseBetween(text.trim(), now) ??
    parseDay(words, now)
  );
}

function parseNamed(words: string, now: Date): TimeRange | null {
  const today = startOfDay(now);
  if (words === 'today') return { from: today, to: null, label: 'Today' };
  if (words === 'yesterday') return { from: addDays(today, -1), to: today, label: 'Yesterday' };
  if (words === 'this week') {
    return { from: addDays(today, -((today.getDay() + 6) % 7)), to: null, label: 'This week' };
  }
  return null;
}

function parseAmount(words: string, now: Date): TimeRange | null {
  const match = /^(?:last |past )?(\d{1,6}(?:\.\d+)?)? ?([a-z]+)(?: ago)?$/.exec(words);
  if (!match) return null;
  const [, amountText, unitText = ''] = match;
  if (!amountText && !/^(last|past) /.test(words)) return null;
  const unit = unitOf(unitText);
  const amount = amountText ? Number(amountText) : 1;
  if (!unit || amount <= 0) return null;
  const from = new Date(now.getTime() - amount * (unitMs[unit] ?? 0));
  if (Number.isNaN(from.getTime()) || from.getFullYear() < 1990) return null;
  const name = unitNames[unit]?.[0] ?? unit;
  return { from, to: null, label: amount === 1 ? `Last ${name}` : `Last ${amount} ${name}s` };
}

function unitOf(text: string): string | null {
  if (/^mo(nths?)?$/.test(text)) return null;
  const found = Object.entries(unitNames).find(
    ([unit, [name]]) => text === unit || text === name || text === `${name}s` || text === aliases[unit],
  );
  return found?.[0] ?? null;
}
const aliases: Record<string, string> = { s: 'sec', m: 'min', h: 'hr', d: 'ds', w: 'wk' };

function parseBetween(text: string, now: Date): TimeRange | null {
  const match = /^(.+?)(?:\s+to\s+|\.\.|\s+[-–]\s+)(.*)$/i.exec(text);
  const [, fromText = '', toText = ''] = match ?? [];
  if (!match) return null;
  const from = parseMoment(fromText.trim(), now);
  const open = toText.trim() === '' || toText.trim().toLowerCase() === 'now';
  // A clock time as the end is on the day of the start.
  const to = open ? null : parseMoment(toText.trim(), now, from?.at);
  if (!from || (!open && !to)) return null;
  // A day as the end means through that day.
  const end = to ? (to.isDay ? addDays(to.at, 1) : to.at) : null;
  if (end && end <= from.at) return null;
  return { from: from.at, to: end, label: describeRange(from.at, end) };
}

function parseDay(words: string, now: Date): TimeRange | null {
  const moment = parseMoment(words, now);
  if (!moment) return null;
  if (moment.isDay) {
    const to = addDays(moment.at, 1);
    return { from: moment.at, to, label: describeRange(moment.at, to) };
  }
  return moment.at < now ? { from: moment.at, to: null, label: describeRange(moment.at, null) } : null;
}

/** One moment in local time, or with its own offset when it is ISO 8601. */
function parseMoment(text: string, now: Date, clockDay: Date = now): { at: Date; isDay: boolean } | null {
  const words = text.toLowerCase();
  if (words === 'today') return { at: startOfDay(now), isDay: true };
  if (words === 'yesterday') return { at: addDays(startOfDay(now), -1), isDay: true };
  if (words === 'now') return { at: now, isDay: false };
  if (/^\d{4}-\d{2}-\d{2}t.*(z|[+-]\d{2}:?\d{2})$/.test(words)) return valid(new Date(text), false);
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(words);
  if (clock) return atClock(startOfDay(clockDay), clock[1], clock[2], clock[3]);
  const day = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(words);
  if (day) return onDay(Number(day[1]), Number(day[2]) - 1, Number(day[3]), day[4], day[5], day[6]);
  const named = /^([a-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?(?:,? (\d{1,2}):(\d{2}))?$/.exec(words);
  if (!named) return null;
  const month = monthNames.indexOf((named[1] ?? '').slice(0, 3));
  if (month < 0) return null;
  const year = named[3] ? Number(named[3]) : now.getFullYear();
  const found = onDay(year, month, Number(named[2]), named[4], named[5], undefined);
  // Without a year a day to come is meant to be last year's.
  if (found && !named[3] && found.at.getTime() > now.getTime() + 86_400e3) {
    return onDay(year - 1, month, Number(named[2]), named[4], named[5], undefined);
  }
  return found;
}

function onDay(year: number, month: number, day: number, hours?: string, minutes?: string, seconds?: string) {
  const at = new Date(year, month, day);
  if (at.getMonth() !== month || at.getDate() !== day) return null;
  return hours === undefined ? valid(at, true) : atClock(at, hours, minutes, seconds);
}

function atClock(day: Date, hours?: string, minutes?: string, seconds?: string) {
  const [h, m, s] = [Number(hours), Number(minutes ?? 0), Number(seconds ?? 0)];
  if (h > 24 || m > 59 || s > 59) return null;
  const at = new Date(day);
  at.setHours(h, m, s, 0);
  return valid(at, false);
}

const valid = (at: Date, isDay: boolean) =>
  Number.isNaN(at.getTime()) || at.getFullYear() < 1990 || at.getFullYear() > 2199 ? null : { at, isDay };

function startOfDay(date: Date): Date {
  const day = new Date(date);
  day.setHours(0, 0, 0, 0);
  return day;
}

function addDays(date: Date, days: number): Date {
  const day = new Date(date);
  day.setDate(day.getDate() + days);
  return day;
}

const pad = (value: number) => String(value).padStart(2, '0');
const dayText = (date: Date) => {
  const name = monthNames[date.getMonth()] ?? '';
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${date.getDate()}`;
};
const clockText = (date: Date) =>
  `${pad(date.getHours())}:${pad(date.getMinutes())}${date.getSeconds() ? `:${pad(date.getSeconds())}` : ''}`;
const isMidnight = (date: Date) => !(date.getHours() || date.getMinutes() || date.getSeconds());

function describeRange(from: Date, to: Date | null): string {
  const start = isMidnight(from) ? dayText(from) : `${dayText(from)} ${clockText(from)}`;
  if (!to) return `Since ${start}`;
  if (isMidnight(from) && isMidnight(to)) {
    const last = addDays(to, -1);
    return last.getTime() === from.getTime() ? start : `${start} – ${dayText(last)}`;
  }
  return dayText(from) === dayText(to)
    ? `${dayText(from)} ${clockText(from)} – ${clockText(to)}`
    : `${start} – ${dayText(to)} ${clockText(to)}`;
}

/** A dragged-over stretch, as it stands in the URL. */
export const encodeBetween = (fromMs: number, toMs: number): string =>
  `${new Date(fromMs).toISOString()}..${new Date(toMs).toISOString()}`;
