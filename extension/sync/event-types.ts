/** Which event types are fetched; names as Salesforce spells them, compared without regard to case. */
export interface EventTypeChoice {
  /** Only these; undefined: all. */
  readonly include?: readonly string[] | undefined;
  /** Not these, whatever `include` says. */
  readonly exclude?: readonly string[] | undefined;
}

/** Whether files of an event type are fetched. */
export function isWanted({ include, exclude }: EventTypeChoice, eventType: string): boolean {
  const isNamed = (names: readonly string[]): boolean =>
    names.some((name) => name.toLowerCase() === eventType.toLowerCase());
  return (include === undefined || isNamed(include)) && !isNamed(exclude ?? []);
}
