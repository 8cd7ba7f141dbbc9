import { Fragment, type ReactNode } from 'react'
import './key-value.css'

/** Facts in two columns. Rows whose value is undefined are left out. */
export const KeyValue = ({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="key-value">
    {rows.map(([key, value]) =>
      value === undefined ? null : (
        <Fragment key={key}>
          <dt>{key}</dt>
          <dd className="mono">{value}</dd>
        </Fragment>
      ),
    )}
  </dl>
)
