import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { useStore } from 'zustand'
import type { EditList } from '#contract/edit-list'
import type { Effect } from '#contract/effects'
import { framesOf } from '#sound/edit-list/edit-list'
import type { FrameRange } from '../../audio/edit-view/types.ts'
import { figureOf, withFigure } from '../../audio/processing/steps.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { scopeOf } from './editor-actions.ts'
import { useEditList, useSelection, useSession } from './editor-context.ts'
import { closeDialog, useEditorDialog, type EffectKind } from './editor-dialogs-state.ts'
import {
  definitionOf,
  isOfEverything,
  lastUsed,
  remember,
  useNoiseProfile,
  whyNothing,
} from './effect-figures.ts'
import { applyEffect } from './effect-run.ts'
import { commandQuery } from './queries.ts'
import { spokenFrames } from './time-text.ts'
import { previewRange, useEffectPreview } from './use-effect-preview.ts'
import './effect-dialog.css'

const formId = 'editor-effect'

const seconds = (frames: number, list: EditList) =>
  spokenFrames(frames, list.sample_rate_hz, 'seconds')

const Command = ({ list, effect }: { list: EditList; effect: Effect }) => {
  const { sample_rate_hz, channels } = list
  const { data, error } = useQuery(commandQuery({ sample_rate_hz, channels, effects: [effect] }))
  return (
    <div>
      <p className="section-title">What sox will do</p>
      <code className="effect-command mono">{data?.command ?? error?.message ?? '…'}</code>
    </div>
  )
}

type AboutProps = { kind: EffectKind; list: EditList; range: FrameRange; isSelected: boolean }

const About = ({ kind, list, range, isSelected }: AboutProps) => {
  const what = isOfEverything(kind)
    ? 'The whole audio, in another format.'
    : isSelected
      ? `The selection, ${seconds(range.to - range.from, list)}.`
      : `Everything, ${seconds(range.to - range.from, list)}: nothing is selected.`
  const heard = previewRange(range, list)
  const isPart = heard.to < range.to
  return (
    <p className="muted">
      {what}{' '}
      {isPart ? `The preview plays its first ${seconds(heard.to - heard.from, list)}.` : null}
    </p>
  )
}

const NoiseNote = ({ list }: { list: EditList }) => {
  const { profile } = useNoiseProfile()
  if (!profile)
    return (
      <p role="alert" className="tone-warn">
        Select a moment of nothing but noise first, then choose “Take noise profile”.
      </p>
    )
  if (profile.list !== list)
    return (
      <p role="alert" className="tone-warn">
        The audio has changed since the noise was selected: take its profile again.
      </p>
    )
  const { from, to } = profile.range
  return (
    <p className="muted">
      {`Noise: ${seconds(from, list)} to ${seconds(to, list)} of this audio.`}
    </p>
  )
}

const useEffectFigures = (kind: EffectKind, list: EditList) => {
  const [figures, setFigures] = useState<Effect>(() => lastUsed(kind))
  const { profile } = useNoiseProfile()
  const isOwnNoise = profile?.list === list
  const effect: Effect =
    figures.kind === 'noise_reduction' && isOwnNoise
      ? { ...figures, profile: profile.range }
      : figures
  const fields = definitionOf(kind).fields
  const isComplete =
    fields.every(({ name }) => !Number.isNaN(figureOf(effect, name))) &&
    (kind !== 'noise_reduction' || isOwnNoise)
  return { effect, fields, isComplete, setFigures }
}

const EffectForm = ({ kind }: { kind: EffectKind }) => {
  const session = useSession()
  const list = useEditList()
  const selection = useSelection()
  const everything = { from: 0, to: framesOf(list) }
  const range = isOfEverything(kind) ? everything : scopeOf(session)
  const { effect, fields, isComplete, setFigures } = useEffectFigures(kind, list)
  const { title, about } = definitionOf(kind)
  const nothing = whyNothing(effect, list)
  const canApply = isComplete && nothing === undefined
  const preview = useEffectPreview({ list, range }, effect)
  const { state, isBypassed, error } = useStore(preview.store)

  const apply = (event: SubmitEvent) => {
    event.preventDefault()
    if (!canApply) return
    remember(effect)
    closeDialog()
    void applyEffect(session, { effect, label: title, range })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={closeDialog}
      title={title}
      description={`${about}.`}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isDisabled={!canApply}>
            Apply
          </Button>
        </>
      }
    >
      <form id={formId} className="effect-form" onSubmit={apply}>
        <About kind={kind} list={list} range={range} isSelected={selection.to > selection.from} />
        {kind === 'noise_reduction' ? <NoiseNote list={list} /> : null}
        <div className="effect-fields">
          {fields.map(({ name, label, unit, least, most, step }, index) => (
            <NumberField
              key={name}
              label={label}
              autoFocus={index === 0}
              value={figureOf(effect, name)}
              minValue={least}
              maxValue={most}
              step={step}
              formatOptions={{ useGrouping: false, maximumFractionDigits: 2 }}
              onChange={(value) => setFigures((before) => withFigure(before, name, value))}
              {...(unit === undefined ? {} : { unit })}
            />
          ))}
        </div>
        <div className="effect-preview">
          <Button
            isDisabled={!isComplete && state === 'stopped'}
            isPending={state === 'loading'}
            onPress={state === 'stopped' ? preview.play : preview.stop}
          >
            {state === 'playing' ? 'Stop' : 'Preview'}
          </Button>
          <Switch isSelected={isBypassed} onChange={preview.setBypassed}>
            Bypass
          </Switch>
        </div>
        {error === undefined ? null : (
          <p role="alert" className="tone-bad">
            {error}
          </p>
        )}
        {nothing === undefined ? null : (
          <p role="status" className="muted">
            {nothing}
          </p>
        )}
        {isComplete ? <Command list={list} effect={effect} /> : null}
      </form>
    </Dialog>
  )
}

/** An effect on the selection, or on everything, to be heard before it is applied. */
export const EffectDialog = () => {
  const kind = useEditorDialog(({ effect }) => effect)
  return <EffectForm key={kind} kind={kind} />
}
