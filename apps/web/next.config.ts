import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const repository = path.resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  transpilePackages: ['@tracewell/contract', '@tracewell/domain', '@tracewell/ui'],
  turbopack: { root: repository },
  outputFileTracingRoot: repository,
  // Types are a task of their own (`npm run typecheck`), over the server files too.
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ['@tracewell/ui', 'radix-ui'] },
};

export default config;
