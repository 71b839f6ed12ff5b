/** The types that make an External Client App with OAuth (Metadata API guide, API 59 and later). */
const appTypes = [
  'ExternalClientApplication',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppOauthSettings',
] as const;
export type AppType = (typeof appTypes)[number];

/** What the token endpoint has to know of an app. */
export interface ExternalClientApp {
  readonly consumerKey: string;
  /** PEM. */
  readonly certificate: string;
  /** Names of the profiles whose users an administrator let in; undefined: every user approves for itself. */
  readonly profiles: readonly string[] | undefined;
}

export function isAppType(type: string): type is AppType {
  return appTypes.some((each) => each === type);
}
