export { deleteSkillVersion, setSkillLabels, updateSkillTags } from './change-skill';
export { createSkillVersion } from './create-skill-version';
export { getSkill, getSkillFileContents, listSkills } from './read-skills';
