import type { Attributes, AttributeValue } from '../decode/span';
import { keysOf } from './values';

/** Array positions that may be rebuilt from one prefix, over all its arrays; what lies beyond is left out. */
export const maxRebuiltSlots = 10_001;
/** Dots in one key; deeper keys are left out. */
const maxSegments = 64;

/** Keys that reach into an object's prototype somewhere down the line; no instrumentation has them. */
const unsafeSegments = new Set(['__proto__', 'constructor', 'prototype']);

type Branch = Map<string, Node>;
type Node = Branch | { leaf: AttributeValue };

/**
 * Structure from attributes that were flattened with dots: `p.0.role`, `p.0.content` → `[{role, content}]`. All
 * numeric names make an array, in the order of the numbers and without holes. An attribute that is the prefix
 * itself is the whole value. Undefined when no attribute has the prefix.
 */
export function rebuildFlattened(attributes: Attributes, prefix: string): AttributeValue | undefined {
  const whole = attributes[prefix];
  if (whole !== undefined && whole !== null && whole !== '') return whole;
  const root: Branch = new Map();
  const budget = { slots: maxRebuiltSlots };
  for (const key of keysOf(attributes)) {
    if (!key.startsWith(prefix) || key.charCodeAt(prefix.length) !== 46) continue;
    plant(root, key.slice(prefix.length + 1).split('.'), attributes[key]!, budget);
  }
  return root.size > 0 ? harvest(root) : undefined;
}

function plant(root: Branch, segments: string[], leaf: AttributeValue, budget: { slots: number }): void {
  if (segments.length > maxSegments || segments.some((segment) => unsafeSegments.has(segment))) return;
  let branch = root;
  const last = segments.length - 1;
  for (let at = 0; at <= last; at++) {
    const segment = segments[at]!;
    const known = branch.get(segment);
    if (known === undefined && isIndex(segment) && budget.slots-- <= 0) return;
    if (at === last) {
      // A branch says more than a value of the same name, whichever came first.
      if (!(known instanceof Map)) branch.set(segment, { leaf });
      return;
    }
    if (known instanceof Map) {
      branch = known;
    } else {
      const next: Branch = new Map();
      branch.set(segment, next);
      branch = next;
    }
  }
}

function harvest(node: Node): AttributeValue {
  if (!(node instanceof Map)) return node.leaf;
  const names = [...node.keys()];
  if (names.every(isIndex)) {
    return names.sort((a, b) => Number(a) - Number(b)).map((name) => harvest(node.get(name)!));
  }
  const object: Attributes = Object.create(null);
  for (const [name, child] of node) object[name] = harvest(child);
  return object;
}

const isIndex = (segment: string): boolean => /^\d{1,9}$/.test(segment);
