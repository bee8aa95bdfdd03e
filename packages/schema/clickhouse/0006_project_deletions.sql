-- A whole project can be deleted, too: its id stands as the entity's.
ALTER TABLE {database}.deletions {on_cluster}
  MODIFY COLUMN entity Enum8('trace' = 0, 'observation' = 1, 'score' = 2, 'project' = 3);
