const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const whole = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});

/**
 * US dollars for reading: cents from one dollar up, three decimals from one cent, else two significant digits.
 * Nothing that costs something is shown as $0.
 */
export function formatMoney(dollars: number): string {
  if (dollars === 0) return '$0';
  const sign = dollars < 0 ? '-' : '';
  const size = Math.abs(dollars);
  if (size >= 10_000) return whole.format(dollars);
  if (size >= 1) return cents.format(dollars);
  if (size >= 0.01) return `${sign}$${size.toFixed(3)}`;
  if (size < 0.000001) return `${sign}<$0.000001`;
  return `${sign}$${significant(size)}`;
}

/** A price of one unit, in full: per-token prices need every digit they have. */
export function formatUnitPrice(dollarsPerUnit: number): string {
  return `$${formatPlain(dollarsPerUnit * 1e6)} / 1M`;
}

/** Every digit that matters (at most 10 decimals), never in exponent form. */
export const formatExactMoney = (dollars: number): string => `$${formatPlain(dollars)}`;

const significant = (size: number): string =>
  size.toFixed(Math.min(7, 1 - Math.floor(Math.log10(size)))).replace(/0+$/, '');

const formatPlain = (value: number): string => value.toFixed(10).replace(/0+$/, '').replace(/\.$/, '');
