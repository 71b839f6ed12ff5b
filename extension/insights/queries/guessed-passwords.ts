import { t } from '@vscode/l10n';
import type { ShippedQuery } from '../query.ts';

export const guessedPasswords: ShippedQuery = {
  id: 'guessed-passwords',
  get title() {
    return t('Sign-ins after a row of failures');
  },
  get why() {
    return t(
      'Five or more failures on one user, and then a success within the hour: the person remembered, or somebody guessed. A success from another address than the failures deserves a call.',
    );
  },
  sql: `
SELECT
  coalesce(user_name, UserId) AS who,
  profile,
  LoginTime AS signed_in_at,
  failures,
  SourceIp AS client_ip,
  CountryIso AS country,
  NOT list_contains(failed_from, SourceIp) AS from_another_address,
  failed_from
FROM (
  SELECT *,
    count(*) FILTER (Status <> 'Success') OVER recent AS failures,
    list_distinct(list(SourceIp) FILTER (Status <> 'Success') OVER recent) AS failed_from,
    lag(Status) OVER (PARTITION BY UserId ORDER BY LoginTime, Id) AS status_before
  FROM login_history
  WINDOW recent AS (PARTITION BY UserId ORDER BY LoginTime RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW)
)
LEFT JOIN user_names ON user_id = UserId
WHERE Status = 'Success' AND status_before <> 'Success' AND failures >= 5
ORDER BY signed_in_at DESC
`,
};
