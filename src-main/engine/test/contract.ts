/**
 * What every engine behind the port must do, tried with phones that speak RTP over real sockets. What an engine says it
 * cannot do is skipped.
 */
import { describe } from 'vitest'
import { describeCommands } from './contract-commands.ts'
import { describeAgreements, describeEndings, describeNetwork } from './contract-network.ts'
import { describeMembers, describeRooms } from './contract-rooms.ts'
import { describeListens, describePlays, describeRecordings } from './contract-plays.ts'
import type { MakeEngine } from './contract-stage.ts'

export const describeEngine = (name: string, make: MakeEngine) => {
  describe(name, () => {
    describeRooms(make)
    describeMembers(make)
    describePlays(make)
    describeRecordings(make)
    describeListens(make)
    describeAgreements(make)
    describeNetwork(make)
    describeEndings(make)
    describeCommands(make)
  })
}
