/** What is compared with the rest, as the address has it. */
export type ComparedRegion =
  | { kind: 'search' }
  | { kind: 'failed' }
  /** Milliseconds since the epoch. */
  | { kind: 'time'; fromMs: number; toMs: number };

export const encodeRegion = (region: ComparedRegion): string =>
  region.kind === 'time' ? `${region.fromMs}-${region.toMs}` : region.kind;

export function decodeRegion(text: string | null): ComparedRegion | null {
  if (text === 'search' || text === 'failed') return { kind: text };
  const range = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? '');
  return range ? { kind: 'time', fromMs: Number(range[1]), toMs: Number(range[2]) } : null;
}
