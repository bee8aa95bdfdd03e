import * as operations from '@tracewell/contract';
import {
  annotate,
  correctOutput,
  listAnnotationConfigs,
  tagTrace,
} from '@tracewell/modules/annotations/index';
import {
  countTraceComments,
  createComment,
  deleteComment,
  editComment,
  listDiscussion,
  listMentionable,
} from '@tracewell/modules/comments/index';
import {
  getPublishedObservation,
  getPublishedTrace,
  setTracePublic,
} from '@tracewell/modules/published-traces/index';
import { deleteScore } from '@tracewell/modules/scores/index';
import type { ApiDeps } from '../deps';
import { json } from '../respond';
import type { Api } from '../serve';

/** Where people write on recorded data, and where they show it to others. */
export function mountAnnotations(api: Api, deps: ApiDeps): void {
  api.project(operations.listDiscussion, ({ query }, access) => listDiscussion(deps, access, query));
  api.project(operations.writeComment, ({ body }, access) => createComment(deps, access, body));
  api.project(operations.editComment, ({ params, body }, access) =>
    editComment(deps, access, params.commentId, body.content),
  );
  api.project(operations.deleteComment, async ({ params }, access) => {
    await deleteComment(deps, access, params.commentId);
    return { success: true } as const;
  });
  api.project(operations.listMentionable, ({ query }, access) => listMentionable(deps, access, query.search));
  api.project(operations.countTraceComments, ({ params }, access) =>
    countTraceComments(deps, access, params.traceId),
  );

  api.project(operations.listAnnotationConfigs, (_, access) => listAnnotationConfigs(deps, access));
  api.project(operations.annotate, ({ body }, access) => annotate(deps, access, body));
  api.project(operations.correctOutput, ({ body }, access) => correctOutput(deps, access, body));
  api.project(operations.removeScore, async ({ params }, access) => {
    await deleteScore(deps, access, params.scoreId);
    return { success: true } as const;
  });

  api.project(operations.tagTrace, ({ params, body }, access) =>
    tagTrace(deps, access, params.traceId, body),
  );
  api.project(operations.setTracePublic, ({ params, body }, access) =>
    setTracePublic(deps, access, params.traceId, body.public),
  );
  api.open(operations.getPublishedTrace, async ({ params }) =>
    json(await getPublishedTrace(deps, params.projectId, params.traceId), 200, untilTakenBack),
  );
  api.open(operations.getPublishedObservation, async ({ params }) => {
    const { projectId, traceId, observationId } = params;
    const observation = await getPublishedObservation(deps, projectId, traceId, observationId);
    return json(observation, 200, untilTakenBack);
  });
}

/** No store on the way may show what was taken back, and no crawler keep it. */
const untilTakenBack = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };
