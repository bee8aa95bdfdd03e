export { createMediaUpload, type MediaDeps } from './create-media-upload';
export { deleteMediaOfProject } from './delete-media-of-project';
export { deleteMediaOfTraces } from './delete-media-of-traces';
export { describeMediaOf, getMedia } from './get-media';
export { createMediaSink } from './store-extracted-media';
export { updateMedia } from './update-media';
