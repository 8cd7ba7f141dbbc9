import type { ReactNode } from 'react'
import { SwitchButton, SwitchField, Text } from 'react-aria-components'
import './switch.css'

type SwitchProps = {
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  isDisabled?: boolean
  help?: ReactNode
  children: ReactNode
}

export const Switch = ({ help, children, isDisabled = false, ...rest }: SwitchProps) => (
  <SwitchField {...rest} isDisabled={isDisabled} className="switch">
    <SwitchButton className="switch-button">
      <span className="switch-track" aria-hidden="true">
        <span className="switch-thumb" />
      </span>
      {children}
    </SwitchButton>
    {help === undefined ? null : (
      <Text slot="description" className="field-help switch-help">
        {help}
      </Text>
    )}
  </SwitchField>
)
