export { countTraceComments } from './count-trace-comments';
export { createComment } from './create-comment';
export { deleteComment, editComment } from './edit-comment';
export { filterByComments } from './filter-by-comments';
export { getComment, listComments } from './list-comments';
export { listDiscussion } from './list-discussion';
export { listMentionable } from './list-mentionable';
