import { isBucket, type Series } from '../series.ts';

const PROTECTION = `CASE WHEN has_password AND expires_at IS NOT NULL THEN 'password and expiry'
    WHEN has_password THEN 'password' WHEN expires_at IS NOT NULL THEN 'expiry' ELSE 'none' END`;

/** How the public links that exist now are protected, whenever they were made. */
export const publicLinksByProtection: Series = {
  id: 'public-links-by-protection',
  measures: ['links'],
  kind: 'rank',
  sql: () => `
SELECT ${PROTECTION} AS bucket, count(*) AS links
FROM public_links
GROUP BY bucket
ORDER BY links DESC, bucket
`,
  rows: (bucket) => `
SELECT coalesce(file_title, name) AS file, coalesce(user_name, created_by_id) AS made_by, created_at, has_password,
  expires_at, views, last_viewed_at, url
FROM public_links LEFT JOIN user_names ON user_id = created_by_id
WHERE ${isBucket(PROTECTION, bucket)}
ORDER BY views DESC, created_at DESC
`,
};
