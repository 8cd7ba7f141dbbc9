import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

type Props = { children: ReactNode }
type State = { error: Error | null }

/** Keeps a page that failed from taking the others with it. Key it by page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <div role="alert" className="page-failure">
        <EmptyState
          icon="error"
          title="This page met an error"
          actions={
            <Button variant="primary" onPress={() => this.setState({ error: null })}>
              Show it again
            </Button>
          }
        >
          <p>Nothing you saved is lost. The other pages still work.</p>
          <p className="mono">{error.message}</p>
        </EmptyState>
      </div>
    )
  }
}
