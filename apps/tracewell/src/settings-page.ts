import { engineSettings } from '@tracewell/engines/settings/engine-settings';
import type { Definitions, Setting } from '@tracewell/engines/settings/setting';
import { webSettings } from '../../web/src/settings';
import { workerSettings } from '../../worker/src/settings';
import { migrateSettings } from './migrate';
import { initSettings, startSettings } from './start-settings';

/** `docs/settings.md`: every setting of every process, from the definitions that the processes read them by. */
const processes: [readers: string[], definitions: Definitions][] = [
  [['web', 'worker', 'migrate'], engineSettings],
  [['web'], webSettings],
  [['worker'], workerSettings],
  [['start'], startSettings],
  [['migrate'], migrateSettings],
  [['start'], initSettings],
];

export interface SettingRow {
  setting: Setting<unknown>;
  readers: Set<string>;
}

/** Each name once, with the processes that read it; one that any of them wants is shown as wanted. */
export function listSettings(): Map<string, SettingRow> {
  const rows = new Map<string, SettingRow>();
  for (const [readers, definitions] of processes) {
    for (const setting of Object.values(definitions)) {
      const [name] = setting.names;
      const row = rows.get(name) ?? { setting, readers: new Set() };
      if (setting.required) row.setting = setting;
      for (const reader of readers) row.readers.add(reader);
      rows.set(name, row);
    }
  }
  return rows;
}

const head = `# Settings

Every setting is a variable of the environment, looked at when a process starts. A wrong one is named then, with its rule
and what to do, and the process ends with exit code 78: nothing starts half set up. One that is set to nothing is as good
as not set.

\`start\` (\`npm start\`) brings stores of its own and tells its processes of them, so it reads no address of a store. The
commands \`web\`, \`worker\` and \`migrate\` are told of servers by the names below; all of them of the same ones.

The table is generated from the code: \`npm run generate -w @tracewell/tracewell\`.

`;

const titles = ['Name', 'Read by', 'Must be', 'Unless set', 'What it is'];

export function describeSettings(): string {
  const rows = [...listSettings().values()].map(({ setting, readers }) => {
    const [name, ...aliases] = setting.names;
    const names = [`\`${name}\``, ...aliases.map((alias) => `or \`${alias}\``)].join(' ');
    return [names, [...readers].join(', '), setting.kind.rule, describeFallback(setting), setting.what];
  });
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return `${head}${[titles, rule, ...rows].map(line).join('\n')}\n`;
}

function describeFallback({ required, fallback }: Setting<unknown>): string {
  if (required) return '**must be set**';
  const isShown = ['string', 'number', 'boolean'].includes(typeof fallback) && fallback !== '';
  return isShown ? `\`${fallback}\`` : '';
}
