/** Settings of the engine that can only be given before it opens its data. */
export interface EngineLimits {
  /** Cap of everything the engine allocates, bytes; over it a query fails with code 241. Default 2 GiB. */
  memoryBytes: number;
}

export const defaultEngineLimits: EngineLimits = { memoryBytes: 2 * 1024 ** 3 };

const MiB = 1024 ** 2;

/**
 * The configuration file of the embedded engine: a memory cap, caches of tens of megabytes instead of the
 * server's five gigabytes each, few background threads, and inserts that are on the disk when they return.
 */
export function renderConfigFile({ memoryBytes }: EngineLimits): string {
  const settings: [string, number | string][] = [
    ['max_server_memory_usage', memoryBytes],
    // The cap is the lower of the two. With a share of 0 the engine takes itself to be over it at all times, and gives
    // every page of memory back as soon as it is free: a third of the CPU of a read or an insert.
    ['max_server_memory_usage_to_ram_ratio', 1],
    ['mark_cache_size', 64 * MiB],
    ['index_mark_cache_size', 16 * MiB],
    ['primary_index_cache_size', 64 * MiB],
    ['uncompressed_cache_size', 0],
    ['index_uncompressed_cache_size', 0],
    ['mmap_cache_size', 64],
    ['compiled_expression_cache_size', 16 * MiB],
    ['query_cache.max_size_in_bytes', 0],
    ['background_pool_size', 2],
    ['background_schedule_pool_size', 4],
    ['background_common_pool_size', 2],
    ['background_move_pool_size', 1],
    ['background_fetches_pool_size', 1],
    ['background_buffer_flush_schedule_pool_size', 1],
    ['background_message_broker_schedule_pool_size', 1],
    ['background_distributed_schedule_pool_size', 1],
    ['logger.level', 'warning'],
  ];
  const lines = settings.map(([name, value]) => {
    const path = name.split('.');
    return `  ${path.map((part) => `<${part}>`).join('')}${value}${path
      .toReversed()
      .map((part) => `</${part}>`)
      .join('')}`;
  });
  return `<clickhouse>
${lines.join('\n')}
  <merge_tree>
    <fsync_after_insert>1</fsync_after_insert>
    <fsync_part_directory>1</fsync_part_directory>
    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
    <number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation>
    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
  </merge_tree>
</clickhouse>
`;
}
