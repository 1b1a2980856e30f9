import { Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, post } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Field, RefValue } from '@/api/types'
import { RefInput } from '@/kit/field/RefInput'
import { FieldInput } from '@/kit/field/registry'
import { useChange } from '@/kit/useChange'
import { fieldOf, type Parameter, type Scope, URL, type Value } from './model'

const PLACES: Record<Exclude<Scope, 'tenant'>, string> = {
  company: 'organization.company',
  unit: 'organization.unit',
  user: 'organization.member',
}

interface Props {
  parameter: Parameter
  value: Value | null
  onClose: () => void
}

/** The value of a parameter: everywhere, or for one company, department or person. */
export function ValueDialog({ parameter, value: old, onClose }: Props) {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const { busy, change } = useChange()
  const [scope, setScope] = useState<Scope>(old?.scope ?? parameter.scopes[0] ?? 'tenant')
  const [place, setPlace] = useState<RefValue | null>(old?.place ?? null)
  const [value, setValue] = useState<unknown>(old ? old.value : parameter.default)
  const field: Field | null =
    scope === 'tenant' ? null : { name: 'place', label: t(`org.scope.${scope}`), type: 'ref', resource: PLACES[scope], required: true }
  const save = async () => {
    const body = { name: parameter.name, scope, place: scope === 'tenant' ? null : (place?.id ?? null), value }
    const done = await change(
      () => (old ? patch(`${URL}${old.id}/`, { version: old.version, value }) : post(URL, body)),
      t('document.saved'),
    )
    if (done) onClose()
  }
  return (
    <Modal
      open
      title={parameter.label}
      okText={t('document.save')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <p className="soft">{parameter.help}</p>
      <Form layout="vertical" component="div" className="dialog">
        <Form.Item label={t('org.parameter.value')} htmlFor="parameter-value" extra={<Range parameter={parameter} />}>
          <FieldInput field={fieldOf(parameter)} id="parameter-value" value={value} onChange={setValue} />
        </Form.Item>
        {!old && parameter.scopes.length > 1 && (
          <Form.Item label={t('org.parameter.scope')} htmlFor="parameter-scope">
            <Select
              id="parameter-scope"
              value={scope}
              options={parameter.scopes.map((one) => ({ value: one, label: t(`org.scope.${one}`) }))}
              onChange={(next) => {
                setScope(next)
                setPlace(null)
              }}
            />
          </Form.Item>
        )}
        {!old && field && (
          <Form.Item label={resources[field.resource ?? '']?.label} htmlFor="parameter-place">
            <RefInput field={field} id="parameter-place" value={place} onChange={(next) => setPlace(next as RefValue | null)} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}

export function Range({ parameter: { least, most } }: { parameter: Parameter }) {
  const { t } = useTranslation()
  if (least === null && most === null) return null
  return <span className="soft">{t('org.parameter.range', { least: String(least ?? '…'), most: String(most ?? '…') })}</span>
}
