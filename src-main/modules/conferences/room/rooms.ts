export { RoomRefused } from './types.ts'
export type {
  Admission,
  Conference,
  Participant,
  ParticipantFlag,
  Room,
  RoomRefusal,
  Rooms,
} from './types.ts'
