import { isMcpTool, type Operation, type Scope } from '@tracewell/contract';
import { describeInput, type ToolInput } from './tool-schema';

export type ToolMode = 'read-only' | 'read-write';

/** An operation as an agent calls it. */
export interface Tool {
  name: string;
  description: string;
  input: ToolInput;
  annotations: { title: string; readOnlyHint: boolean; destructiveHint: boolean; idempotentHint: boolean };
  operation: Operation;
}

/** The tools of whoever holds these scopes; writing ones only when they were asked for. */
export function toolsFor(
  operations: readonly Operation[],
  scopes: ReadonlySet<Scope>,
  mode: ToolMode,
): Tool[] {
  return operations
    .filter(isMcpTool)
    .filter(({ scope }) => scope === 'anyone' || scopes.has(scope))
    .filter(({ method }) => method === 'GET' || mode === 'read-write')
    .map(toolOf);
}

/** Operations never change, and schemas take time to describe: each is described once. */
const described = new WeakMap<Operation, Tool>();
function toolOf(operation: Operation): Tool {
  const known = described.get(operation);
  if (known) return known;
  const { id, method, path, summary } = operation;
  const tool: Tool = {
    name: id,
    description: `${summary} (${method} ${path})`,
    input: describeInput(operation),
    annotations: {
      title: summary,
      readOnlyHint: method === 'GET',
      destructiveHint: method === 'DELETE',
      idempotentHint: method !== 'POST' && method !== 'PATCH',
    },
    operation,
  };
  described.set(operation, tool);
  return tool;
}
