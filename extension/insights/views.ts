import type { ViewDefinition } from '../lake/worker.ts';
import { activities } from './activities.ts';
import { publicLinks } from './public-links.ts';
import { userNames } from './user-names.ts';

/** The views that insights add to the lake's own: to be passed with every query. */
export const insightViews: readonly ViewDefinition[] = [userNames, activities, publicLinks];
