'use client';
import { Button } from '@tracewell/ui';
import { X } from 'lucide-react';
import type { TraceFacetField } from '../../api-client/types';
import {
  type FacetChoice,
  type FacetChoices,
  facetFields,
  facetLabels,
  nameValue,
  setMark,
} from './facet-choice';

interface FilterChipsProps {
  choices: FacetChoices;
  onChange: (field: TraceFacetField, choice: FacetChoice | null) => void;
}

/** Each chosen value, to take away with one click. */
export function FilterChips({ choices, onChange }: FilterChipsProps) {
  return facetFields.flatMap((field) => {
    const choice = choices[field];
    if (!choice) return [];
    const chips = [
      ...choice.include.map((value) => ({ value, isNot: false })),
      ...choice.exclude.map((value) => ({ value, isNot: true })),
    ];
    return chips.map(({ value, isNot }) => (
      <Chip
        key={`${field} ${isNot} ${value}`}
        label={facetLabels[field]}
        isNot={isNot}
        value={nameValue(field, value)}
        onRemove={() => onChange(field, setMark(choice, value, 'off'))}
      />
    ));
  });
}

interface ChipProps {
  label: string;
  value: string;
  isNot?: boolean;
  onRemove: () => void;
}

export const Chip = ({ label, value, isNot, onRemove }: ChipProps) => (
  <span className="inline-flex h-6 max-w-64 shrink-0 items-center rounded-md border border-line bg-surface pl-2 text-xs">
    <span className="mr-1 whitespace-nowrap text-ink-faint">{label}</span>
    {isNot ? <span className="mr-1 font-medium text-danger">not</span> : null}
    <span className="truncate">{value}</span>
    <Button look="ghost" size="tiny" aria-label={`Remove ${label} ${value}`} onClick={onRemove}>
      <X />
    </Button>
  </span>
);
