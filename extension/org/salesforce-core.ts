type Core = typeof import('@salesforce/core');

let loading: Promise<Core> | undefined;

/** @salesforce/core, loaded when first needed (it takes most of a second), told to write no log file. */
export function loadCore(): Promise<Core> {
  process.env['SF_DISABLE_LOG_FILE'] ??= 'true';
  loading ??= import('@salesforce/core').catch((error: unknown) => {
    // What stood in the way may be gone the next time.
    loading = undefined;
    throw error;
  });
  return loading;
}
