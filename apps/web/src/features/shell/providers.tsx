'use client';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Toaster, TooltipProvider } from '@tracewell/ui';
import { useRouter } from 'next/navigation';
import { ThemeProvider, useTheme } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useRef, useState } from 'react';
import { ClientError } from '../../api-client/client-error';
import { retryPassing } from '../../api-client/queries';
import { signInPath } from '../sign-in/sign-in-path';

export function Providers({ children }: { children: ReactNode }) {
  const router = useRouter();
  const latestRouter = useRef(router);
  latestRouter.current = router;
  const [client] = useState(() => {
    const leaveWhenSignedOut = (error: unknown) => {
      if (!(error instanceof ClientError) || error.status !== 401) return;
      const { pathname, search } = window.location;
      if (!pathname.startsWith('/sign-in')) latestRouter.current.replace(signInPath(pathname + search));
    };
    return new QueryClient({
      queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
      mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
      defaultOptions: {
        // A laptop without a network still reaches a Tracewell on itself.
        mutations: { networkMode: 'always' },
        queries: {
          networkMode: 'always',
          retry: retryPassing,
          staleTime: 2_000,
          refetchOnWindowFocus: false,
        },
      },
    });
  });
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <QueryClientProvider client={client}>
        <NuqsAdapter>
          <TooltipProvider>{children}</TooltipProvider>
        </NuqsAdapter>
      </QueryClientProvider>
      <ThemedToaster />
    </ThemeProvider>
  );
}

function ThemedToaster() {
  const { resolvedTheme } = useTheme();
  return <Toaster theme={resolvedTheme === 'dark' ? 'dark' : 'light'} />;
}
