import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { PanelSection } from '../../../ui/panel.tsx'
import type { BoardRelation, BoardRow, ParticipantKey } from '../board/board-state.ts'
import { openBoardDialog, useBoard } from '../board/board-store.ts'
import { nameOf } from '../board/row-order.ts'
import { setRelations } from '../dialogs/set-relation.ts'
import { useIsYou } from '../timeline/queries.ts'
import { setWhenText } from './relation-origin.ts'
import { audienceText, relationText } from './relation-text.ts'

const Relation = ({ relation, named }: { relation: BoardRelation; named: Named }) => {
  const entries = useBoard((state) => state.entries)
  const { participants } = useBoard.getState()
  const isYou = useIsYou()
  const [isPending, setPending] = useState(false)
  const [failure, setFailure] = useState<string>()
  const { key, otherKey, relationship } = relation
  const remove = () => {
    setPending(true)
    const plan = {
      changes: [{ key, otherKey, relationship: 'clear' as const }],
      undo: [{ key, otherKey, relationship }],
    }
    void setRelations(plan, 'Relation removed').then((reason) => {
      setPending(false)
      setFailure(reason)
    })
  }
  const text = relationText(relation, named)
  return (
    <li className="relation">
      <p>
        {text}{' '}
        <span className="faint">{setWhenText(relation, participants, entries, { isYou })}</span>
        {failure === undefined ? null : (
          <span role="alert" className="tone-bad">
            {' '}
            {failure}
          </span>
        )}
      </p>
      <IconButton icon="close" label={`Remove: ${text}`} isDisabled={isPending} onPress={remove} />
    </li>
  )
}

type Named = (key: ParticipantKey) => string

const MOST_SHOWN = 4

/** A whisper among a thousand is a thousand relations: the first of them, and one way back for all. */
const List = ({ own, named }: { own: readonly BoardRelation[]; named: Named }) => {
  const [isPending, setPending] = useState(false)
  const [failure, setFailure] = useState<string>()
  const rest = own.length - MOST_SHOWN
  const removeAll = () => {
    setPending(true)
    const changes = own.map(({ key, otherKey }) => ({
      ...{ key, otherKey, relationship: 'clear' as const },
    }))
    void setRelations({ changes, undo: own }, `${own.length} relations removed`).then((reason) => {
      setPending(false)
      setFailure(reason)
    })
  }
  return (
    <>
      <ul className="relations">
        {own.slice(0, MOST_SHOWN).map((relation) => (
          <Relation
            key={`${relation.key} ${relation.otherKey}`}
            relation={relation}
            named={named}
          />
        ))}
      </ul>
      {own.length > 1 ? (
        <p className="relation-rest">
          {rest > 0 ? <span className="muted">and {rest} more</span> : null}
          <Button variant="quiet" isPending={isPending} onPress={removeAll}>
            Remove all {own.length}
          </Button>
        </p>
      ) : null}
      {failure === undefined ? null : (
        <p role="alert" className="tone-bad">
          {failure}
        </p>
      )}
    </>
  )
}

/** Who does not hear whom, of those that are about a participant, and who still hears them. */
export const Relations = ({ row }: { row: BoardRow }) => {
  const relations = useBoard((state) => state.relations)
  // Who is there, and not who of them talks.
  useBoard((state) => state.keyById)
  const { participants } = useBoard.getState()
  const named: Named = (key) => {
    const other = participants.get(key)
    return other ? nameOf(other) : 'somebody who left'
  }
  const own = relations.filter(({ key, otherKey }) => key === row.key || otherKey === row.key)
  const audience = audienceText(row.key, { participants, relations }, named)
  return (
    <PanelSection
      title="Relations"
      isBare={own.length === 0}
      actions={
        <Button
          variant="quiet"
          command="conferences.relate"
          onPress={() => openBoardDialog({ kind: 'relate', key: row.key })}
        >
          Who hears whom…
        </Button>
      }
    >
      {audience === undefined ? null : <p className="relation-audience">{audience}</p>}
      {own.length === 0 ? (
        <p className="inspector-facts muted">Hears and is heard like everyone.</p>
      ) : (
        <List key={row.key} own={own} named={named} />
      )}
    </PanelSection>
  )
}
