export { addTracesToQueue, removeAddedTraces } from './add-traces';
export { requireQueue } from './annotation-queue';
export { assignPerson, unassignPerson } from './assign-people';
export {
  createAnnotationQueueItem,
  deleteAnnotationQueueItem,
  updateAnnotationQueueItem,
} from './change-items';
export { createAnnotationQueue } from './create-annotation-queue';
export { getAnnotationQueue, listAnnotationQueues } from './read-annotation-queues';
export { getAnnotationQueueItem, listAnnotationQueueItems } from './read-items';
