import { useQueryClient } from '@tanstack/react-query'
import { isPopOut, useRoute } from '../../../lib/route.ts'
import { useToasts } from '../../../ui/toast-store.ts'
import { useCommand } from '../../../ui/use-command.ts'
import { titleOf, type ConferenceRow } from '../conference-text.ts'
import { openEditForm, openNewForm, openTestCall } from '../conferences-state.ts'
import { readConference, reasonOf } from '../queries.ts'
import { duplicateOf, newConference } from './conference-change.ts'
import { useRemoveWithUndo } from './use-remove-conference.ts'

export type ConferenceActions = {
  readonly edit: (conference: ConferenceRow) => void
  readonly duplicate: (conference: ConferenceRow) => void
  readonly remove: (conference: ConferenceRow) => void
  readonly testCall: (conference: ConferenceRow) => void
}

/** What can be done to a conference as a document. One that was made by a call has none: it can only be called into. */
export const useConferenceActions = (): ConferenceActions => {
  const client = useQueryClient()
  const remove = useRemoveWithUndo()
  return {
    remove,
    edit: ({ id }) => openEditForm(id),
    testCall: (conference) => openTestCall({ id: conference.id, title: titleOf(conference) }),
    duplicate: (conference) =>
      void readConference(client, conference.id)
        .then(({ document }) => openNewForm(duplicateOf(document, titleOf(conference))))
        .catch((error: unknown) =>
          useToasts.getState().show({ tone: 'bad', text: reasonOf(error) }),
        ),
  }
}

const group = 'Conferences'

export const addConference = () => openNewForm(newConference)

/** The keys of the conference that is open. */
export const useConferenceCommands = (open: ConferenceRow | undefined): void => {
  const isAlone = isPopOut(useRoute())
  const actions = useConferenceActions()
  const when = open !== undefined && !open._read_only.is_ad_hoc
  const on = (act: (conference: ConferenceRow) => void) => () => {
    if (open) act(open)
  }
  useCommand({
    ...{ id: 'conferences.add', title: 'New conference…', group, keys: 'n' },
    // A window of one conference would not show another.
    when: !isAlone,
    run: addConference,
  })
  useCommand({
    ...{ id: 'conferences.edit', title: 'Edit the conference…', group, keys: 'e', when },
    run: on(actions.edit),
  })
  useCommand({
    ...{ id: 'conferences.duplicate', title: 'Duplicate the conference…', group },
    ...{ keys: 'shift+d', when: when && !isAlone, run: on(actions.duplicate) },
  })
  useCommand({
    ...{ id: 'conferences.remove', title: 'Delete the conference', group, keys: 'delete', when },
    run: on(actions.remove),
  })
  useCommand({
    ...{ id: 'conferences.test-call', title: 'Test call…', group, keys: 't' },
    ...{ when: open !== undefined, run: on(actions.testCall) },
  })
}
