import type { ViewDefinition } from '../lake/worker.ts';

/** The newest snapshot of a source, in our words; no rows before the first. */
function newest(name: string, source: string, columns: Readonly<Record<string, string>>): ViewDefinition {
  const select = Object.entries(columns).map(([column, value]) => `${value} AS ${column}`);
  return {
    name,
    sql: `SELECT ${select.join(', ')}, event_time AS taken_at FROM ${source}
      WHERE event_date = (SELECT max(event_date) FROM ${source})`,
  };
}

/** Users as they were last seen. */
export const users = newest('users', 'user_snapshot', {
  user_id: 'Id',
  user_name: 'Username',
  full_name: 'Name',
  email: 'Email',
  profile: 'Profile_Name',
  role: 'UserRole_Name',
  is_active: 'IsActive',
  user_type: 'UserType',
  created_at: 'CreatedDate',
  last_sign_in_at: 'LastLoginDate',
});

/** Connected apps that are installed. */
export const connectedApps = newest('connected_apps', 'connected_app_snapshot', {
  app_id: 'Id',
  app: 'Name',
  only_admin_approved_users: 'OptionsAllowAdminApprovedUsersOnly',
});

/** Which applications hold access to which accounts. */
export const oauthTokens = newest('oauth_tokens', 'oauth_token_snapshot', {
  app: 'AppName',
  user_id: 'UserId',
  last_used_at: 'LastUsedDate',
  uses: 'UseCount',
  granted_at: 'CreatedDate',
});

/** With whom the files that have a public link are shared besides. */
export const publicFileShares = newest('public_file_shares', 'content_document_link', {
  document_id: 'ContentDocumentId',
  shared_with_id: 'LinkedEntityId',
  shared_with: 'LinkedEntity_Name',
  access: `CASE ShareType WHEN 'V' THEN 'view' WHEN 'C' THEN 'edit' WHEN 'I' THEN 'as the record' ELSE ShareType END`,
  visibility: 'Visibility',
});
