/**
 * Money is counted in whole picodollars (10^-12 US dollars), the exactness the store and the wire promise. A
 * double holds them exactly up to 9,007 dollars; beyond that, and for prices finer than a picodollar, big
 * integers take over. Only the last step makes dollars of them, and its division rounds correctly, so that no
 * noise such as 0.30000000000000004 can be seen.
 */
const picoPerDollar = 1e12;

/** Digits kept behind the point on the slow way: more than any double that is a price has. */
const fineDigits = 36;
const picoDigits = 12;

export interface Price {
  /** Whole picodollars per unit, or null when the price is finer. */
  pico: number | null;
  dollars: number;
}

/** @param dollars a finite price per unit, not negative */
export function readPrice(dollars: number): Price {
  const pico = Math.round(dollars * picoPerDollar);
  const isExact = Number.isSafeInteger(pico) && pico / picoPerDollar === dollars;
  return { pico: isExact ? pico : null, dollars };
}

/** A price per million (thousand, …) units as the price of one, without the noise of a division. */
export const shiftDecimal = (value: number, digits: number): number => {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
};

export const dollarsOf = (pico: number): number => pico / picoPerDollar;

/** The decimal value of a double as a whole number of 10^-36. Digits beyond are cut. */
export function readFine(value: number): bigint {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const digits = BigInt(whole + fraction);
  const shift = fineDigits + Number(exponent) - fraction.length;
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
}

const finePerPico = 10n ** BigInt(fineDigits - picoDigits);

/** Dollars of a sum of 10^-36 that is not negative, rounded half up to picodollars. */
export function dollarsOfFine(fine: bigint): number {
  const pico = (fine + finePerPico / 2n) / finePerPico;
  return Number(`${pico}e-${picoDigits}`);
}

/** The sum of two amounts as a person would write it. */
export const addDollars = (a: number, b: number): number => dollarsOfFine(readFine(a) + readFine(b));
