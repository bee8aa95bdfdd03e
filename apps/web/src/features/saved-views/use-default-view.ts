'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { savedViewsQuery } from '../../api-client/saved-views';
import type { SavedView } from '../../api-client/types';

/** Opens the default view, one's own before the shared one, when the address asks for nothing in particular. */
export function useDefaultView(projectId: string, table: SavedView['table']): void {
  const router = useRouter();
  const isUnasked = useRef<boolean | null>(null);
  if (isUnasked.current === null && typeof window !== 'undefined') {
    isUnasked.current = window.location.search === '';
  }
  const { data } = useQuery({ ...savedViewsQuery(projectId, table), enabled: isUnasked.current === true });
  useEffect(() => {
    if (!data || !isUnasked.current) return;
    isUnasked.current = false;
    const defaults = data.data.filter((view) => view.isDefault);
    const view = defaults.find(({ visibility }) => visibility === 'personal') ?? defaults[0];
    if (view && window.location.search === '') router.replace(`${window.location.pathname}?${view.search}`);
  }, [data, router]);
}
