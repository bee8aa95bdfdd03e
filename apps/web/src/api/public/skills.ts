import * as operations from '@tracewell/contract';
import {
  createSkillVersion,
  deleteSkillVersion,
  getSkill,
  getSkillFileContents,
  listSkills,
  setSkillLabels,
  updateSkillTags,
} from '@tracewell/modules/skills/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountSkills(api: Api, deps: ApiDeps): void {
  api.project(operations.listSkills, ({ query }, access) => listSkills(deps, access, query));
  api.project(operations.createSkillVersion, ({ body }, access) => createSkillVersion(deps, access, body));
  api.project(operations.getSkillFileContents, ({ query }, access) =>
    getSkillFileContents(deps, access, query.sha256Hashes),
  );
  api.project(operations.getSkill, ({ params, query }, access) =>
    getSkill(deps, access, params.skillName, query),
  );
  api.project(operations.updateSkill, ({ params, body }, access) =>
    updateSkillTags(deps, access, params.skillName, body.tags),
  );
  api.project(operations.setSkillLabels, ({ params, body }, access) =>
    setSkillLabels(deps, access, params.skillName, params.skillVersion, body.labels),
  );
  api.project(operations.deleteSkillVersion, ({ params }, access) =>
    deleteSkillVersion(deps, access, params.skillName, params.skillVersion),
  );
}
