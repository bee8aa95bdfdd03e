'use client';
import type { PublicScoreConfig } from '@tracewell/contract';
import { Input, Segmented } from '@tracewell/ui';
import { useState } from 'react';

interface ScoreFieldProps {
  config: PublicScoreConfig;
  /** null: not given yet. A label of a category, 0 or 1 of a boolean. */
  value: number | string | null;
  isBusy: boolean;
  onGive: (value: number | string) => void;
}

/** Categories beside each other; more become a list. */
const maxButtons = 5;
const maxTextChars = 500;

export function ScoreField({ config, value, isBusy, onGive }: ScoreFieldProps) {
  const { dataType, name } = config;
  const categories = config.categories ?? [];
  if (dataType === 'BOOLEAN') {
    return (
      <Segmented
        label={name}
        value={value === null ? '' : String(value)}
        onChange={(next) => onGive(Number(next))}
        options={[
          { value: '0', label: categories.find((category) => category.value === 0)?.label ?? 'False' },
          { value: '1', label: categories.find((category) => category.value === 1)?.label ?? 'True' },
        ]}
      />
    );
  }
  if (dataType === 'CATEGORICAL' && categories.length <= maxButtons) {
    return (
      <Segmented
        label={name}
        value={String(value ?? '')}
        onChange={onGive}
        options={categories.map(({ label }) => ({ value: label, label }))}
      />
    );
  }
  if (dataType === 'CATEGORICAL') {
    return (
      <select
        aria-label={name}
        className="h-7 max-w-full rounded-md border border-line bg-surface px-1.5 text-sm text-ink"
        value={String(value ?? '')}
        disabled={isBusy}
        onChange={(event) => onGive(event.target.value)}
      >
        <option value="" disabled>
          Choose
        </option>
        {categories.map(({ label }) => (
          <option key={label}>{label}</option>
        ))}
      </select>
    );
  }
  return <TypedField key={String(value)} config={config} value={value} isBusy={isBusy} onGive={onGive} />;
}

/** Numbers and text: given with Enter, or by leaving the field. */
function TypedField({ config, value, isBusy, onGive }: ScoreFieldProps) {
  const { dataType, name, minValue, maxValue } = config;
  const isNumber = dataType === 'NUMERIC';
  const [text, setText] = useState(value === null ? '' : String(value));
  const fault = text.trim() === '' ? null : isNumber ? faultOf(text, minValue, maxValue) : null;
  const give = () => {
    const next = text.trim();
    if (next === '' || fault || next === String(value ?? '')) return;
    onGive(isNumber ? Number(next) : next);
  };
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      <Input
        aria-label={name}
        aria-invalid={fault !== null}
        inputMode={isNumber ? 'decimal' : 'text'}
        className={isNumber ? 'max-w-28' : ''}
        placeholder={isNumber ? rangeOf(minValue, maxValue) : 'Text'}
        maxLength={maxTextChars}
        value={text}
        readOnly={isBusy}
        onChange={(event) => setText(event.target.value)}
        onBlur={give}
        onKeyDown={(event) => {
          if (event.key === 'Enter') give();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {fault ? (
        <span role="alert" className="text-2xs text-danger">
          {fault}
        </span>
      ) : null}
    </span>
  );
}

const rangeOf = (min: number | null, max: number | null): string =>
  min !== null && max !== null
    ? `${min} to ${max}`
    : min !== null
      ? `from ${min}`
      : max !== null
        ? `to ${max}`
        : 'Number';

function faultOf(text: string, min: number | null, max: number | null): string | null {
  const number = Number(text);
  if (!Number.isFinite(number)) return 'not a number';
  if (min !== null && number < min) return `at least ${min}`;
  return max !== null && number > max ? `at most ${max}` : null;
}
