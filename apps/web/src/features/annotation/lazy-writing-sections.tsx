'use client';
import { Skeleton } from '@tracewell/ui';
import dynamic from 'next/dynamic';

/** What people write with comes after what they read. */
export const WritingSections = dynamic(
  () => import('./writing-sections').then((module) => module.WritingSections),
  { ssr: false, loading: () => <Skeleton className="m-3 h-24" /> },
);
