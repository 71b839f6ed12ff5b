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
