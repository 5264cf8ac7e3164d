// The one clock of the records: main's monotonic one. Wall times are brought onto it by their age.

export interface RecordClock {
  /** Ms; never goes back, whatever happens to the wall clock. */
  now(): number
  /**
   * Where a wall time of a moment ago lies on this clock. Only its age is taken from the wall clock, so a clock that is
   * set moves at most what is on its way at that moment.
   */
  of(epochMs: number): number
}

export const createRecordClock = (
  monotonic: () => number = () => performance.now(),
  wall: () => number = () => Date.now(),
): RecordClock => ({
  now: monotonic,
  of: (epochMs) => monotonic() - (wall() - epochMs),
})
