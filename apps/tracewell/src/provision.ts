import type { Relational } from '@tracewell/engines/relational/port';
import { createAuth, createSignInLink } from '@tracewell/modules/accounts/index';
import { provisionProject } from '@tracewell/modules/projects/index';
import type { InitSettings } from './start-settings';

const localOwner = 'owner@tracewell.local';

/** Makes sure that an owner, an organisation, a project and its key stand, and gives the owner a way in. */
export async function provision(options: {
  relational: Relational;
  init: InitSettings;
  authSecret: string;
  salt: string;
  publicKey: string;
  secretKey: string;
}) {
  const { relational, init, authSecret, salt, publicKey, secretKey } = options;
  const auth = createAuth({
    relational,
    secret: authSecret,
    baseUrl: 'http://localhost',
    allowSignUp: false,
  });
  const userEmail = init.userEmail ?? localOwner;
  const { userId } = await provisionProject(
    { relational, auth, salt },
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
