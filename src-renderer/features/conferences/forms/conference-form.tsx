import { useRef, useState, type SyntheticEvent } from 'react'
import type { Finding } from '#contract/conference-check'
import { changesIn, type ConferenceDraft } from './conference-change.ts'
import { essentialGroups, groupOf, groups, type GroupId } from './conference-fields.ts'
import { EnterFields, JoiningFields, NameFields } from './essential-fields.tsx'
import { FindingList } from './finding-list.tsx'
import { markOf } from './findings.ts'
import type { FormApi } from './form-api.tsx'
import { FormIndex, FormSection } from './form-section.tsx'
import { HearingFields } from './hearing-fields.tsx'
import { KeyFields } from './key-fields.tsx'
import { IntegrationFields, LimitFields, SoundFields } from './rare-fields.tsx'
import './conference-form.css'

const Fields = ({ id, form, isLocked }: { id: GroupId; form: FormApi; isLocked: boolean }) => {
  switch (id) {
    case 'name':
      return <NameFields form={form} />
    case 'enter':
      return <EnterFields form={form} isLocked={isLocked} />
    case 'joining':
      return <JoiningFields form={form} />
    case 'hearing':
      return <HearingFields form={form} />
    case 'limits':
      return <LimitFields form={form} />
    case 'sound':
      return <SoundFields form={form} />
    case 'keys':
      return <KeyFields form={form} />
    case 'integrations':
      return <IntegrationFields form={form} />
  }
}

/** What can be typed into or pressed, links in notes left out. */
const control = 'input:not([type=hidden], [hidden]), textarea, button'

type ConferenceFormProps = {
  /** Buttons elsewhere submit it by this. */
  formId: string
  draft: ConferenceDraft
  findings: readonly Finding[]
  set: FormApi['set']
  isLocked: boolean
  onSubmit: () => void
}

/** Every field of a conference: what matters first in sight, the rest a click away. */
export const ConferenceForm = (props: ConferenceFormProps) => {
  const { formId, draft, findings, set, isLocked, onSubmit } = props
  const [open, setOpen] = useState<ReadonlySet<GroupId>>(new Set(essentialGroups))
  const body = useRef<HTMLFormElement>(null)
  const form: FormApi = { draft, findings, set }
  const stateOf = (id: GroupId) => ({ changes: changesIn(draft, id), mark: markOf(findings, id) })

  /** Once what is to be seen is there. */
  const lead = (id: GroupId, find: (section: Element) => HTMLElement | null | undefined) => {
    setOpen((before) => new Set(before).add(id))
    requestAnimationFrame(() => {
      const section = body.current?.querySelector(`[data-group="${id}"]`)
      const target = section ? find(section) : undefined
      const details = target?.closest('details')
      if (details) details.open = true
      target?.scrollIntoView({ block: 'nearest' })
      target?.focus()
    })
  }
  const goToGroup = (id: GroupId) =>
    lead(id, (section) => {
      section.scrollIntoView({ block: 'start' })
      return section.querySelector<HTMLElement>('button')
    })
  const goToField = (field: string) =>
    lead(groupOf(field), (section) => {
      const slot = section.querySelector(`[data-field="${CSS.escape(field)}"]`)
      return slot?.querySelector<HTMLElement>(control)
    })
  const toggle = (id: GroupId) =>
    setOpen((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <div className="conference-form">
      <FormIndex stateOf={stateOf} goTo={goToGroup} />
      <form id={formId} ref={body} className="form-body" onSubmit={submit} noValidate>
        {groups.map((group) => (
          <FormSection
            key={group.id}
            group={group}
            state={stateOf(group.id)}
            isOpen={open.has(group.id)}
            onToggle={() => toggle(group.id)}
          >
            <Fields id={group.id} form={form} isLocked={isLocked} />
          </FormSection>
        ))}
      </form>
      <FindingList findings={findings} goTo={goToField} />
    </div>
  )
}
