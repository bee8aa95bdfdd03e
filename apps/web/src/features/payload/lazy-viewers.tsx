'use client';
import { Skeleton } from '@tracewell/ui';
import dynamic from 'next/dynamic';

const waiting = () => <Skeleton className="h-16 w-full" />;

/** Viewers that most screens never need are fetched when first shown. */
export const JsonViewer = dynamic(
  () => import('@tracewell/ui/json-viewer').then((module) => module.JsonViewer),
  {
    ssr: false,
    loading: waiting,
  },
);
export const TextViewer = dynamic(
  () => import('@tracewell/ui/text-viewer').then((module) => module.TextViewer),
  {
    ssr: false,
    loading: waiting,
  },
);
export const Markdown = dynamic(() => import('@tracewell/ui/markdown').then((module) => module.Markdown), {
  ssr: false,
  loading: waiting,
});
export const GuardedImage = dynamic(
  () => import('@tracewell/ui/markdown').then((module) => module.GuardedImage),
  {
    ssr: false,
  },
);
