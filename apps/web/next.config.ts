import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const repository = path.resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');

/**
 * Pages talk to this server only. Next's inline scripts need `unsafe-inline`; no text of a trace ever becomes
 * script, and an image of another host loads only when a reader asks for it.
 */
const policy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: http: https:",
  "media-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const config: NextConfig = {
  reactStrictMode: true,
  headers: async () => [
    { source: '/:path*', headers: [{ key: 'content-security-policy', value: policy }] },
    // What is shown by link is for those who were given it.
    {
      source: '/published/:path*',
      headers: [
        { key: 'x-robots-tag', value: 'noindex, nofollow, noarchive' },
        { key: 'referrer-policy', value: 'no-referrer' },
      ],
    },
  ],
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
