import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProjectScope } from './project-scope';
import { compileSql, identifier, joinSql, sql, text, textList } from './sql';

describe('sql', () => {
  it('keeps values out of the text', () => {
    const inner = sql`name = ${text("'; DROP TABLE x; --")}`;
    expect(compileSql(sql`SELECT 1 WHERE ${inner} AND id IN ${textList(['{p0:String}'])}`)).toEqual({
      sql: 'SELECT 1 WHERE name = {p0:String} AND id IN {p1:Array(String)}',
      params: { p0: "'; DROP TABLE x; --", p1: ['{p0:String}'] },
    });
  });

  it('takes no bare value', () => {
    expect(() => sql`SELECT ${'x' as never}`).toThrow(/Only fragments and parameters/);
    expect(() => identifier('a b')).toThrow(/Not a name/);
    expect(compileSql(joinSql([], ', ')).sql).toBe('');
  });
});

describe('the scope of a project', () => {
  it('is in every FROM it gives', () => {
    const scope = new ProjectScope('p');
    for (const rows of [
      scope.current('observations'),
      scope.current('scores', { where: [sql`1 OR 1`] }),
      scope.versions('traces', { key: [sql`a`], where: [sql`b OR c`] }),
    ]) {
      expect(compileSql(rows).sql).toMatch(/^\w+( FINAL PRE| )WHERE project_id = \{p0:String\} AND /);
    }
    expect(compileSql(scope.versions('traces', { where: [sql`b OR c`] })).sql).toContain('AND (b OR c)');
  });

  it('is the only way to a table in this package', () => {
    const sources = readdirSync(join(import.meta.dirname, '..'), {
      recursive: true,
      encoding: 'utf8',
    }).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
    expect(sources.length).toBeGreaterThan(20);
    for (const file of sources) {
      const source = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
      expect(source, file).not.toMatch(
        /\b(FROM|JOIN)\s+(observations|traces|scores|deletions|ingestion_events)\b/i,
      );
    }
  });
});
