import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** Our one size below `text-xs` is a size, not a colour. */
const merge = extendTailwindMerge({ extend: { classGroups: { 'font-size': [{ text: ['2xs'] }] } } });

/** Joins class names; of two utilities that say the same thing the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
