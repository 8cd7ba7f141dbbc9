import { framesOf } from '#sound/edit-list/edit-list'
import { select } from '../../audio/edit-view/edit-view-state.ts'
import { useCalmState } from '../../audio/edit-view/use-calm-state.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useEditList, useSelection, useSession } from './editor-context.ts'
import { changeEditorSettings, useEditorSettings } from './editor-settings.ts'
import { TimeField } from './time-field.tsx'
import { ToolMenu } from './tool-menu.tsx'

const unitNames = { clock: 'Minutes (0:01.240)', seconds: 'Seconds (1.240)', samples: 'Samples' }
const unitShort = { clock: 'm:s', seconds: 's', samples: 'smp' }
const unitList = ['clock', 'seconds', 'samples'] as const

/** Where the selection begins, ends, and how long it is, to be typed as well as dragged. */
export const SelectionFields = () => {
  const { editor } = useSession()
  const list = useEditList()
  const { from, to } = useSelection()
  const framesPerPixel = useCalmState(editor.view, ({ view }) => view.framesPerPixel)
  const units = useEditorSettings((state) => state.units)
  const most = framesOf(list)
  const set = (range: { from: number; to: number }) => select(editor.view, range, most)
  const common = {
    sampleRateHz: list.sample_rate_hz,
    units,
    most,
    step: Math.max(1, Math.min(Math.round(framesPerPixel), most)),
  }
  return (
    <div className="selection-fields" role="group" aria-label="Selection">
      <TimeField
        {...common}
        label="Selection start"
        frames={from}
        // A cursor moves as one; a start behind the end takes the end along.
        onCommit={(start) => set({ from: start, to: from === to ? start : Math.max(start, to) })}
      />
      <span className="faint" aria-hidden="true">
        –
      </span>
      <TimeField
        {...common}
        label="Selection end"
        frames={to}
        onCommit={(end) => set({ from: Math.min(from, end), to: end })}
      />
      <TimeField
        {...common}
        label="Selection length"
        frames={to - from}
        onCommit={(length) => set({ from, to: Math.min(from + length, most) })}
      />
      <ToolMenu
        label="Unit of times"
        groups={[
          {
            title: 'Times in',
            entries: unitList.map((unit) => ({
              id: unit,
              label: unitNames[unit],
              isOn: unit === units,
              run: () => changeEditorSettings({ units: unit }),
            })),
          },
        ]}
      >
        {(trigger) => (
          <Button
            variant="quiet"
            className="selection-unit"
            aria-label={`Unit ${unitShort[units]}: ${unitNames[units]}`}
            {...trigger}
          >
            {unitShort[units]}
            <Icon name="chevron-down" size={12} />
          </Button>
        )}
      </ToolMenu>
    </div>
  )
}
