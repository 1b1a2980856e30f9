import { CheckOutlined } from '@ant-design/icons'
import type { Description } from '@/api/types'
import { classes } from '@/shared/text'
import { mainPath } from './model'

/** Where the document stands on its usual way. */
export function Ribbon({ description, state }: { description: Description; state: string }) {
  const path = mainPath(description, state)
  const now = path.indexOf(state)
  if (path.length < 2) return null
  return (
    <ol className="ribbon">
      {path.map((value, at) => (
        <li key={value} className={classes(at < now && 'is-done', at === now && 'is-now')} aria-current={at === now ? 'step' : undefined}>
          {at < now && <CheckOutlined />}
          {description.states.find((option) => option.value === value)?.label ?? value}
        </li>
      ))}
    </ol>
  )
}
