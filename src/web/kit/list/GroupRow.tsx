import { RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Description } from '@/api/types'
import { formatMoney, formatNumber } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { summed } from './model'
import type { Item } from './useGroupRows'

interface Props {
  description: Description
  field: string
  item: Extract<Item, { kind: 'group' }>
  onToggle: () => void
}

export function GroupRow({ description, field, item, onToggle }: Props) {
  const { t } = useTranslation()
  const { group, open } = item
  const option = description.fields[field]?.options?.find((one) => one.value === group.value)
  const label = group.value === null || group.label === '' ? t('list.noValue') : group.label
  return (
    <div className="group" role="cell">
      <button type="button" aria-expanded={open} onClick={onToggle} data-testid="group-row">
        <RightOutlined />
        {option?.color ? <Tag color={option.color}>{label}</Tag> : <b>{label}</b>}
        <span className="soft">{formatNumber(group.count)}</span>
        <span className="group__sums">
          {Object.keys(group.sums ?? {}).map((name) => {
            const field = description.fields[name]
            return (
              field && (
                <span key={name}>
                  {field.label} <b className="num">{summed(field, group, formatMoney)}</b>
                </span>
              )
            )
          })}
        </span>
      </button>
    </div>
  )
}

export function MoreRow({ item, onMore }: { item: Extract<Item, { kind: 'more' }>; onMore: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="group__more" role="cell">
      {item.part.problem && <span className="field__error">{item.part.problem}</span>}
      <Button type="link" size="small" loading={item.part.busy} onClick={onMore}>
        {t('more')}
      </Button>
    </div>
  )
}
