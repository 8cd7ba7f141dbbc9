import { useState } from 'react'
import { useBoard } from './board-store.ts'

/** Whether the run of the conference that went on when this was opened still goes on: another one is another matter. */
export const useRun = (): boolean => {
  const [run] = useState(() => useBoard.getState().instanceId)
  return useBoard(({ instanceId }) => instanceId !== undefined && instanceId === run)
}
