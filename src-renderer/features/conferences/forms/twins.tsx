import { useState, type ReactNode } from 'react'
import { valueOf } from './conference-change.ts'
import type { FieldName } from './conference-fields.ts'
import type { FormApi } from './form-api.tsx'

type TwinsProps = { form: FormApi; fields: readonly FieldName[]; children: ReactNode }

/** Fields of the profile that count only where the one above them is empty: other applications write them. */
export const Twins = ({ form, fields, children }: TwinsProps) => {
  const [wasUsed] = useState(() => fields.some((field) => valueOf(form.draft, field) !== undefined))
  return (
    <details className="form-twins" open={wasUsed}>
      <summary>The profile’s own, where nothing is chosen above</summary>
      <div className="form-fields">{children}</div>
    </details>
  )
}
