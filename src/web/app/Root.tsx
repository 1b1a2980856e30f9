import { Component, type ReactNode } from 'react'
import { Shell } from '@/workspace/shell/Shell'
import { Broken } from './Broken'
import { Choosing } from './Choosing'
import { Keys } from './Keys'
import { pages } from './pages'

/** A fault in one screen must not take the person's other tabs with it for good: they reload, drafts stay. */
class Fence extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children
  }
}

export function Root() {
  return (
    <Fence>
      <Shell pages={pages} />
      <Choosing />
      <Keys />
    </Fence>
  )
}
