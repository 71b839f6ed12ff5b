/** What is known of the org's daily API allocation, in calls. */
export interface CallUsage {
  /** The org's allocation for 24 h; undefined until a response told. */
  readonly max: number | undefined;
  /** Calls left to the whole org, by the last response; undefined until a response told. */
  readonly remaining: number | undefined;
  /** Orgwatch's own calls in the last 24 h on this machine. */
  readonly own: number;
  /** Calls that Orgwatch always leaves: the reserve. */
  readonly reserve: number | undefined;
  /** Calls made through this door since it was opened. */
  readonly session: number;
}
