export { createComment } from './create-comment';
export { filterByComments } from './filter-by-comments';
export { getComment, listComments } from './list-comments';
