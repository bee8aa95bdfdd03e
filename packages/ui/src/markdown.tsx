'use client';
import { ImageOff } from 'lucide-react';
import { memo, useState } from 'react';
import ReactMarkdown, { defaultUrlTransform } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { Button } from './button';

/**
 * Markdown from an application's users or a model, that is from anybody: no HTML, no script, and nothing is
 * fetched by looking at it. A remote image is a button that says where it would load from.
 */
const schema = {
  ...defaultSchema,
  protocols: { ...defaultSchema.protocols, src: ['http', 'https', 'data'] },
};
const inlineImage = /^data:image\/(png|jpeg|gif|webp);base64,/;
const urlTransform = (url: string, key: string) =>
  key === 'src' && inlineImage.test(url) ? url : defaultUrlTransform(url);

interface Node {
  type: string;
  value?: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

/** HTML inside the text (prompts are full of tags) is shown as it was written: not run, and not swallowed. */
function showHtmlAsText() {
  return (root: Node) => {
    const stack: Node[] = [root];
    while (stack.length) {
      const node = stack.pop()!;
      node.children = node.children?.map((child) => {
        if (child.type !== 'raw') return child;
        const text: Node = { type: 'text', value: child.value ?? '' };
        return node.type === 'root'
          ? { type: 'element', tagName: 'p', properties: {}, children: [text] }
          : text;
      });
      for (const child of node.children ?? []) if (child.children) stack.push(child);
    }
  };
}

export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className="prose-tight">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[showHtmlAsText, [rehypeSanitize, schema]]}
        urlTransform={urlTransform}
        components={{
          a: ({ href, children }) => (
            <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
              {children}
            </a>
          ),
          img: ({ src, alt }) => <GuardedImage src={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
});

/** An image that is fetched only when asked for; one that came inside the text is shown at once. */
export function GuardedImage({ src, alt }: { src: string; alt: string }) {
  const [isWanted, setWanted] = useState(false);
  if (inlineImage.test(src) || (isWanted && src)) {
    return (
      <img
        src={src}
        alt={alt}
        referrerPolicy="no-referrer"
        className="max-h-96 max-w-full rounded border border-line"
      />
    );
  }
  return (
    <Button className="max-w-full" disabled={!src} onClick={() => setWanted(true)} title={src}>
      <ImageOff />
      <span className="truncate">
        {src ? `Load image${alt ? ` “${alt}”` : ''} from ${hostOf(src)}` : 'Image without an address'}
      </span>
    </Button>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url, window.location.href).host;
  } catch {
    return url.slice(0, 60);
  }
}
