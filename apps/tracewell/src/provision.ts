import type { Relational } from '@tracewell/engines/relational/port';
import { createAuth, createSignInLink } from '@tracewell/modules/accounts/index';
import { provisionProject } from '@tracewell/modules/projects/index';
import type { DataFolder } from './data-folder';
import type { Deployment } from './deployment';
import type { StartSettings } from './settings';

const localOwner = 'owner@tracewell.local';

/** Makes sure that an owner, an organisation, a project and its key stand, and gives the owner a way in. */
export async function provision(options: {
  settings: StartSettings;
  folder: DataFolder;
  relational: Relational;
  deployment: Deployment;
}) {
  const { settings, folder, relational, deployment } = options;
  const { init } = settings;
  const auth = createAuth({
    relational,
    secret: deployment.authSecret,
    baseUrl: 'http://localhost',
    allowSignUp: false,
  });
  const publicKey = init.projectPublicKey ?? folder.secrets.projectPublicKey;
  const secretKey = init.projectSecretKey ?? folder.secrets.projectSecretKey;
  const userEmail = init.userEmail ?? localOwner;
  const { userId } = await provisionProject(
    { relational, auth, salt: deployment.salt },
    {
      orgId: init.orgId ?? 'default-organization',
      orgName: init.orgName ?? 'My organization',
      projectId: init.projectId ?? 'default-project',
      projectName: init.projectName ?? 'My project',
      publicKey,
      secretKey,
      userEmail,
      userName: init.userName ?? 'Owner',
      ...(init.userPassword !== undefined && { userPassword: init.userPassword }),
    },
  );
  // Whoever has a password of their choice needs no link in a log.
  const signInPath = init.userPassword ? null : await createSignInLink(auth, userId);
  return { publicKey, secretKey, signInPath, userEmail };
}
