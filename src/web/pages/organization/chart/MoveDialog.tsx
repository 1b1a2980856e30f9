import { DatePicker, Form, Modal, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, post } from '@/api/http'
import type { Id } from '@/api/types'
import { useChange } from '@/kit/useChange'
import { byName } from '@/shared/pinyin'
import type { Item, Which } from './model'
import { isBelow } from './tree'

interface Props {
  which: Which
  item: Item
  items: Item[]
  above: Id | null
  today: string
  onClose: () => void
}

const TOP = ''

/** Below which card it shall stand, departments from a day on. */
export function MoveDialog({ which, item, items, above, today, onClose }: Props) {
  const { t } = useTranslation()
  const { busy, change } = useChange()
  const [to, setTo] = useState<string>(above === null ? TOP : String(above))
  const [since, setSince] = useState(today)
  const options = items.filter((one) => !isBelow(items, one.id, item.id)).map((one) => ({ value: String(one.id), label: one.name }))
  const move = async () => {
    const target = to === TOP ? null : Number(to)
    const done = await change(
      () =>
        which === 'units'
          ? post(`/api/v1/organization/units/${item.id}/move/`, { version: item.version, since, above: target })
          : patch(`/api/v1/organization/positions/${item.id}/`, { version: item.version, reports_to: target }),
      t('org.chart.moved', { name: item.name }),
    )
    if (done) onClose()
  }
  return (
    <Modal
      open
      title={t('org.chart.moveNamed', { name: item.name })}
      okText={t('org.chart.move')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void move()}
      onCancel={onClose}
      data-testid="org-move"
    >
      <Form layout="vertical" component="div">
        <Form.Item label={t(which === 'units' ? 'org.chart.below' : 'org.chart.reportsTo')} htmlFor="org-above">
          <Select
            id="org-above"
            showSearch={byName}
            value={to}
            options={[{ value: TOP, label: t('org.chart.top') }, ...options]}
            onChange={setTo}
          />
        </Form.Item>
        {which === 'units' && (
          <Form.Item label={t('org.chart.since')} htmlFor="org-since" extra={t('org.chart.sinceHelp')}>
            <DatePicker
              id="org-since"
              allowClear={false}
              value={dayjs(since)}
              onChange={(day) => !Array.isArray(day) && day && setSince(day.format('YYYY-MM-DD'))}
            />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
