import { cn } from '@tracewell/ui';
import {
  Bot,
  Box,
  CircleDot,
  Database,
  Gauge,
  Link,
  ListTree,
  type LucideIcon,
  Shapes,
  ShieldCheck,
  Sparkles,
  Wrench,
} from 'lucide-react';
import type { ObservationNode } from '../../api-client/types';

type ObservationType = ObservationNode['type'];

/** Each type has an icon of its own shape and a colour; neither is ever alone. */
export const observationLooks: Record<
  ObservationType | 'TRACE',
  { label: string; icon: LucideIcon; colour: string }
> = {
  TRACE: { label: 'Trace', icon: ListTree, colour: 'var(--ink-muted)' },
  GENERATION: { label: 'Generation', icon: Sparkles, colour: 'var(--tone-violet)' },
  AGENT: { label: 'Agent', icon: Bot, colour: 'var(--tone-green)' },
  TOOL: { label: 'Tool', icon: Wrench, colour: 'var(--tone-amber)' },
  CHAIN: { label: 'Chain', icon: Link, colour: 'var(--tone-indigo)' },
  RETRIEVER: { label: 'Retriever', icon: Database, colour: 'var(--tone-teal)' },
  EMBEDDING: { label: 'Embedding', icon: Shapes, colour: 'var(--tone-pink)' },
  EVALUATOR: { label: 'Evaluator', icon: Gauge, colour: 'var(--tone-lime)' },
  GUARDRAIL: { label: 'Guardrail', icon: ShieldCheck, colour: 'var(--tone-orange)' },
  SPAN: { label: 'Span', icon: Box, colour: 'var(--tone-blue)' },
  EVENT: { label: 'Event', icon: CircleDot, colour: 'var(--tone-slate)' },
};

export function TypeIcon({ type, className }: { type: ObservationType | 'TRACE'; className?: string }) {
  const { label, icon: Icon, colour } = observationLooks[type];
  return <Icon aria-label={label} className={cn('size-3.5 shrink-0', className)} style={{ color: colour }} />;
}
