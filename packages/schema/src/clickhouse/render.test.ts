import { describe, expect, it } from 'vitest';
import { renderDdl, splitStatements } from './render';

describe('renderDdl', () => {
  const template =
    'CREATE TABLE {database}.t {on_cluster} (a Map(String, UInt8)) ENGINE = {engine:ReplacingMergeTree(v, d)} SETTINGS {dedup_window};';

  it('serves one node and a cluster', () => {
    expect(renderDdl(template, { database: 'x' })).toBe(
      'CREATE TABLE x.t  (a Map(String, UInt8)) ENGINE = ReplacingMergeTree(v, d) SETTINGS non_replicated_deduplication_window = 1000;',
    );
    expect(renderDdl(template, { database: 'x', cluster: 'main' })).toBe(
      'CREATE TABLE x.t ON CLUSTER main (a Map(String, UInt8)) ENGINE = ReplicatedReplacingMergeTree(v, d) SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800;',
    );
  });

  it('takes no name that is more than a name, and no placeholder it does not know', () => {
    expect(() => renderDdl(template, { database: 'x; DROP' })).toThrow('database name');
    expect(() => renderDdl(template, { database: 'x', cluster: "a'b" })).toThrow('cluster name');
    expect(() => renderDdl('{engin:MergeTree()} {databse}', { database: 'x' })).toThrow('{databse}');
  });
});

describe('splitStatements', () => {
  it('cuts at semicolons outside quotes and comments', () => {
    expect(
      splitStatements(
        "-- a; b\nSELECT ';', 'it''s; -- no', '\\';' /* ; */, 5 - 3 / 1;\n\n\nSELECT `;`;;\n-- end",
      ),
    ).toEqual(["SELECT ';', 'it''s; -- no', '\\';' , 5 - 3 / 1", 'SELECT `;`']);
  });
});
