import { useState } from 'react'
import { copyText } from '../../lib/copy-text.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useToasts } from '../../ui/toast-store.ts'

type CopiedValueProps = {
  /** What it is, as the phone's menu would call it. */
  label: string
  value: string
  /** Not shown until asked for. */
  isSecret?: boolean
}

/** A line of what is typed into a phone, with a button that copies it. */
export const CopiedValue = ({ label, value, isSecret = false }: CopiedValueProps) => {
  const [isShown, setIsShown] = useState(!isSecret)
  const showToast = useToasts((state) => state.show)
  const name = label.toLowerCase()
  const copy = async () => {
    const isCopied = await copyText(value)
    if (isCopied) showToast({ tone: 'ok', text: `${label} copied.` })
    else
      showToast({
        tone: 'warn',
        text: `The browser lets nothing be copied here: select the ${name} instead.`,
      })
  }
  return (
    <>
      <dt>{label}</dt>
      <dd className="phone-value">
        <span className="mono">{isShown ? value : '••••••••••••'}</span>
        <span className="phone-value-actions">
          {isSecret ? (
            <IconButton
              icon={isShown ? 'hide' : 'show'}
              label={`${isShown ? 'Hide' : 'Show'} the ${name}`}
              onPress={() => setIsShown(!isShown)}
            />
          ) : null}
          <IconButton icon="copy" label={`Copy the ${name}`} onPress={() => void copy()} />
        </span>
      </dd>
    </>
  )
}
