/** What scores of one name may be: their type, and the range or the categories of it. */
export const scoreConfigDataTypes = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT'] as const;
export type ScoreConfigDataType = (typeof scoreConfigDataTypes)[number];

export interface ScoreCategory {
  label: string;
  value: number;
}

export interface ScoreConfig {
  id: string;
  name: string;
  dataType: ScoreConfigDataType;
  /** An archived one takes no further scores. */
  isArchived: boolean;
  /** Bounds of NUMERIC, both inclusive; null where there is none. */
  minValue: number | null;
  maxValue: number | null;
  /** Of CATEGORICAL and BOOLEAN; null for the other types. */
  categories: readonly ScoreCategory[] | null;
}
