/** Times arrive as ISO 8601 in UTC and are shown in the reader's zone; `describeTime` says both. */
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

export const formatClock = (date: Date): string =>
  `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;

/** For a column: `Nov 24 14:03:22`, with the year when it is not this one. Same width within a year. */
export function formatTime(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = `${months[date.getMonth()]} ${pad(date.getDate())}`;
  return date.getFullYear() === now.getFullYear()
    ? `${day} ${formatClock(date)}`
    : `${day} ${date.getFullYear()} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** `2026-11-24 14:03:22.123 +01:00` */
export function formatLocalTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
  return `${formatDay(date)} ${formatClock(date)}.${pad(date.getMilliseconds(), 3)} ${zone}`;
}

/** Local calendar day: `2026-11-24`. */
export const formatDay = (date: Date): string =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

/** `just now`, `42s ago`, `5m ago`, `3h ago`, `12d ago`, `in 5m`. */
export function formatAgo(iso: string, now: Date = new Date()): string {
  const seconds = Math.round((now.getTime() - new Date(iso).getTime()) / 1000);
  if (Number.isNaN(seconds)) return '';
  const size = Math.abs(seconds);
  if (size < 5) return 'just now';
  const text =
    size < 60
      ? `${size}s`
      : size < 3600
        ? `${Math.floor(size / 60)}m`
        : size < 86_400
          ? `${Math.floor(size / 3600)}h`
          : `${Math.floor(size / 86_400)}d`;
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}

/** Both clocks and the distance, a line each, for a tooltip. */
export function describeTime(iso: string, now: Date = new Date()): string[] {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return [iso];
  return [
    `${formatLocalTime(iso)} local`,
    `${date.toISOString().replace('T', ' ').replace('Z', '')} UTC`,
    formatAgo(iso, now),
  ];
}
