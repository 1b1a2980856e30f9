import { Form, Input, InputNumber, Modal, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '@/kit/useChange'
import { Tag } from '@/shared/Tag'
import { COLOURS, type CodeTable, type Entry, keep } from './model'

interface Props {
  table: CodeTable
  entry: Entry
  onClose: () => void
}

/** One entry of a pick list. */
export function EntryDialog({ table, entry, onClose }: Props) {
  const { t } = useTranslation()
  const { busy, change } = useChange()
  const [given, setGiven] = useState(entry)
  const set = (values: Partial<Entry>) => setGiven({ ...given, ...values })
  const isNew = entry.code === ''
  const text = (name: 'code' | 'label' | 'label_en', disabled = false) => (
    <Form.Item label={t(`org.code.${name}`)} htmlFor={`entry-${name}`}>
      <Input id={`entry-${name}`} value={given[name]} disabled={disabled} onChange={(event) => set({ [name]: event.target.value })} />
    </Form.Item>
  )
  const save = async () => {
    if (await change(() => keep(table.key, given), t('document.saved'))) onClose()
  }
  return (
    <Modal
      open
      title={`${table.label} · ${isNew ? t('org.code.new') : entry.label}`}
      okText={t('document.save')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        {text('code', !isNew)}
        {text('label')}
        {text('label_en')}
        <Form.Item label={t('org.code.colour')} htmlFor="entry-colour">
          <Select
            id="entry-colour"
            value={given.colour}
            options={COLOURS.map((value) => ({ value, label: <Tag color={value}>{t(`org.colour.${value}`)}</Tag> }))}
            onChange={(colour) => set({ colour })}
          />
        </Form.Item>
        <Form.Item label={t('org.code.position')} htmlFor="entry-position">
          <InputNumber id="entry-position" min={0} max={99999} value={given.position} onChange={(value) => set({ position: value ?? 0 })} />
        </Form.Item>
        <Form.Item label={t('org.code.active')} htmlFor="entry-active">
          <Switch id="entry-active" checked={given.active} onChange={(active) => set({ active })} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
