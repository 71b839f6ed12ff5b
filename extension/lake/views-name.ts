/** A name from Salesforce as part of a view's name: `ApiTotalUsage` → `api_total_usage`, `URI` → `uri`. Letters, digits and `_` only. */
export function snakeCase(name: string): string {
  return (
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '') || 'unnamed'
  );
}
