import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { byName } from '@/shared/pinyin'
import { Waiting } from '@/shared/Waiting'
import { useCatalogue } from './catalogue'
import type { OwnPair } from './duties'

interface Props {
  pair: OwnPair
  busy: boolean
  onSave: (pair: OwnPair) => void
  onClose: () => void
}

/** Two methods that one person had better not hold both, and why. */
export function DutyDialog({ pair, busy, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const { data } = useCatalogue()
  const [given, setGiven] = useState(pair)
  const screens = data?.apps.flatMap((app) => app.screens) ?? []
  const options = screens.map(({ key, label, verbs }) => ({
    label,
    options: verbs.map(({ verb, label: method }) => ({ value: `${key}.${verb}`, label: `${label} · ${method}` })),
  }))
  const method = (name: 'first' | 'second') => (
    <label className="dutyform__part" htmlFor={`duty-${name}`}>
      {t(`permission.duty.${name}`)}
      <Select
        id={`duty-${name}`}
        showSearch={byName}
        value={given[name] || null}
        options={options}
        onChange={(value: string) => setGiven({ ...given, [name]: value })}
      />
    </label>
  )
  const complete = given.first !== '' && given.second !== '' && given.why.trim() !== ''
  return (
    <Modal
      open
      title={t(pair.first ? 'permission.duty.edit' : 'permission.duty.add')}
      okText={t('document.save')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: !complete }}
      onOk={() => onSave(given)}
      onCancel={onClose}
    >
      {!data ? (
        <Waiting lines={3} />
      ) : (
        <div className="dutyform">
          {method('first')}
          {method('second')}
          <label className="dutyform__part" htmlFor="duty-why">
            {t('permission.duty.why')}
            <Input.TextArea
              id="duty-why"
              autoSize={{ minRows: 2 }}
              maxLength={200}
              value={given.why}
              onChange={(event) => setGiven({ ...given, why: event.target.value })}
            />
          </label>
        </div>
      )}
    </Modal>
  )
}
