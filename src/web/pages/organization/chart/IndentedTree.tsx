import { SwapOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { vars } from '@/shared/vars'
import { Face } from './Card'
import type { Item } from './model'
import { flat, forest } from './tree'

interface Props {
  items: Item[]
  canMove: boolean
  open: (item: Item) => void
  move: (item: Item) => void
}

/** The same as a list, each row indented below its upper one: for phones, screen readers and long lists. */
export function IndentedTree({ items, canMove, open, move }: Props) {
  const { t } = useTranslation()
  return (
    <ul className="panel orgtree">
      {flat(forest(items)).map(({ item, depth }) => (
        <li key={item.id} style={vars({ depth })}>
          <button type="button" onClick={() => open(item)}>
            <Face item={item} />
          </button>
          {canMove && (
            <Button
              type="text"
              icon={<SwapOutlined />}
              aria-label={t('org.chart.moveNamed', { name: item.name })}
              onClick={() => move(item)}
            />
          )}
        </li>
      ))}
    </ul>
  )
}
