import type { ViewDefinition } from '../lake/worker.ts';
import { activities } from './activities.ts';
import { connectedApps, oauthTokens, publicFileShares, users } from './newest-snapshots.ts';
import { publicLinkOpenings, publicLinks } from './public-links.ts';
import { signIns } from './sign-ins.ts';
import { setupActions, setupChanges } from './setup-changes.ts';
import { userNames } from './user-names.ts';

/** The views that insights add to the lake's own: to be passed with every query. */
export const insightViews: readonly ViewDefinition[] = [
  users,
  connectedApps,
  oauthTokens,
  publicFileShares,
  userNames,
  signIns,
  setupActions,
  setupChanges,
  activities,
  publicLinks,
  publicLinkOpenings,
];
