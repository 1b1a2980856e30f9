import type { Values } from './types'

export interface MenuItem {
  key: string
  label: string
  /** With which its list is opened. */
  filters?: Values
}

export interface MenuGroup {
  key: string
  label: string
  icon: string
  items: MenuItem[]
}
