import { useQuery } from '@tanstack/react-query'
import { replaceParams } from '../../lib/route.ts'
import type { ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'
import { FormDialog } from './forms/form-dialog.tsx'
import { TestCall } from './forms/test-call-dialog.tsx'
import { useConferenceCommands } from './forms/use-conference-actions.ts'
import { listQuery } from './queries.ts'

const show = (id: string) => replaceParams({ conference: id })

/** What can be done to the conference that is open as a document, by key and palette; the board acts on one that runs. */
export const ConferenceDialogs = ({ open }: { open: ConferenceRow | undefined }) => {
  useConferenceCommands(open)
  const { data: rooms = [] } = useQuery(listQuery)
  const isFormOpen = useConferencesState((state) => state.form !== undefined)
  return (
    <>
      <FormDialog rooms={rooms} onSaved={show} />
      {isFormOpen ? null : <TestCall />}
    </>
  )
}
