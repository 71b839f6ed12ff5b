import { id18 } from '../lake/views-known.ts';
import type { ViewDefinition } from '../lake/worker.ts';

/**
 * Public links to files as they were last seen: ContentDistribution is pulled whenever it changes, each version an
 * event. Deleted links are left out.
 */
export const publicLinks: ViewDefinition = {
  name: 'public_links',
  sql: `SELECT
      Id AS link_id,
      Name AS name,
      OwnerId AS owner_id,
      Owner_Username AS owner_user_name,
      ContentVersion_Title AS file_title,
      ContentVersion_FileType AS file_type,
      ContentVersion_ContentSize AS file_size,
      CreatedById AS created_by_id,
      CreatedDate AS created_at,
      ContentDocumentId AS document_id,
      ContentVersionId AS version_id,
      RelatedRecordId AS related_record_id,
      coalesce(PreferencesPasswordRequired, false) AS has_password,
      CASE WHEN PreferencesExpires THEN ExpiryDate END AS expires_at,
      PreferencesAllowOriginalDownload AS original_can_be_downloaded,
      coalesce(ViewCount, 0) AS views,
      FirstViewDate AS first_viewed_at,
      LastViewDate AS last_viewed_at,
      DistributionPublicUrl AS url,
      event_time AS seen_at
    FROM content_distribution
    WHERE IsDeleted IS DISTINCT FROM true
    QUALIFY row_number() OVER (PARTITION BY Id ORDER BY event_time DESC) = 1`,
};

/** Each time that somebody opened a public link, as event log files tell; people outside of the org have no user. */
export const publicLinkOpenings: ViewDefinition = {
  name: 'public_link_openings',
  sql: `SELECT ${id18('DELIVERY_ID')} AS link_id, event_time AS opened_at, ACTION AS action,
      coalesce(nullif(USER_ID_DERIVED, ''), ${id18("nullif(USER_ID, '')")}) AS user_id
    FROM event_log_content_distribution
    WHERE upper(ACTION) NOT IN ('INSERT', 'UPDATE', 'DELETE')`,
};
