import { useState, type SyntheticEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { causeText } from './cause-text.ts'
import { problemsOf, useDial } from './queries.ts'

/** Calls somebody into the conference, and says what came of it. */
export const DialForm = ({ id }: { id: string }) => {
  const [endpoint, setEndpoint] = useState('')
  const dial = useDial(id)
  const { failure } = problemsOf(dial.error, [])
  const failed = dial.data?.find(({ status }) => status === 'error')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const wanted = endpoint.trim()
    if (wanted === '' || dial.isPending) return
    dial.mutate(wanted, {
      onSuccess: (responses) => {
        if (responses.every(({ status }) => status === 'success')) setEndpoint('')
      },
    })
  }
  return (
    <form className="conference-dial" onSubmit={submit} noValidate>
      <TextField
        label="Call somebody in"
        isMono
        placeholder="1001 or sip:ada@example.com"
        autoComplete="off"
        value={endpoint}
        onChange={(text) => {
          setEndpoint(text)
          dial.reset()
        }}
        error={failure ?? (failed && causeText(failed.message))}
      />
      <Button type="submit" isPending={dial.isPending} isDisabled={endpoint.trim() === ''}>
        Call
      </Button>
    </form>
  )
}
