/** Where the bench was first; it stands with the other helpers of tests now. */
export { password, startBench, type LegBench } from '../../../test/leg-bench.ts'
