-- What an insert and a merge of a table with eighty columns cost (ADR 0009): a part of many small columns is one
-- file until it is large, blocks of a column are small, and a merge waits for more parts.
ALTER TABLE {database}.observations {on_cluster}
  MODIFY SETTING min_bytes_for_wide_part = 67108864, max_compress_block_size = 131072, merge_selector_base = 15;
