export { annotate, correctOutput } from './annotate';
export { listAnnotationConfigs } from './list-annotation-configs';
export { tagTrace } from './tag-trace';
