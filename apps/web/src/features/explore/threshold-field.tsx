'use client';
import { Input } from '@tracewell/ui';
import { useEffect, useId, useState } from 'react';

interface ThresholdFieldProps {
  label: string;
  unit: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A lower bound; taken on Enter or when the field is left. */
export function ThresholdField({ label, unit, value, onChange }: ThresholdFieldProps) {
  const id = useId();
  const [text, setText] = useState(value === null ? '' : String(value));
  useEffect(() => setText(value === null ? '' : String(value)), [value]);
  const number = Number(text.replace(',', '.'));
  const isValid = text.trim() === '' || (Number.isFinite(number) && number >= 0);
  const take = () => {
    const next = text.trim() === '' ? null : number;
    if (isValid && next !== value) onChange(next);
  };
  return (
    <div className="flex items-center gap-1.5 text-xs">
      <label htmlFor={id} className="flex-1 font-medium">
        {label}
      </label>
      <Input
        id={id}
        inputMode="decimal"
        value={text}
        aria-invalid={!isValid}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
        className="h-6 w-16 text-right text-xs tabular-nums"
      />
      <span className="w-2 text-ink-faint">{unit}</span>
    </div>
  );
}
