import { CheckCircleFilled, CloseCircleFilled, EyeInvisibleOutlined } from '@ant-design/icons'
import { Alert, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Field, Id, RefValue } from '@/api/types'
import { byName } from '@/shared/pinyin'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { FieldInput } from '../field/registry'
import { type Step, useExplanation } from './model'
import './access.css'

interface Props {
  resource?: string
  id?: Id
  /** About whom; oneself unless said otherwise. */
  member?: RefValue
  onClose: () => void
}

const MEMBER = 'organization.member'

function Mark({ ok }: { ok: boolean }) {
  return ok ? <CheckCircleFilled className="why__yes" /> : <CloseCircleFilled className="why__no" />
}

function StepRow({ step }: { step: Step }) {
  const { t } = useTranslation()
  return (
    <li className={classes(!step.ok && 'is-no')}>
      {step.level === 'fields' ? <EyeInvisibleOutlined /> : <Mark ok={step.ok} />}
      <div>
        <b>{t(`access.level.${step.level}`)}</b> {step.text}
        <ul>
          {step.roles?.map((role) => (
            <li key={role.id}>
              <Mark ok={role.ok} /> {role.label}: {role.text}
            </li>
          ))}
          {step.reaches?.map((reach) => (
            <li key={reach.label}>
              <Mark ok={reach.ok} /> {reach.label}
            </li>
          ))}
          {step.fields?.map((field) => (
            <li key={`${field.label} ${field.role}`}>
              {field.label}: {field.text} ({field.role})
            </li>
          ))}
        </ul>
      </div>
    </li>
  )
}

/** Why somebody can, or cannot, do something: every level answers. */
export function WhyDialog({ resource: given = '', id, member, onClose }: Props) {
  const { t } = useTranslation()
  const { resources, member: me } = useMeta()
  const [resource, setResource] = useState(given)
  const [verb, setVerb] = useState('read')
  const [about, setAbout] = useState<unknown>(member ?? { id: me.id, label: me.name })
  const whom = (about as RefValue | null)?.id ?? (about as Id | undefined)
  const { data, error, isFetching } = useExplanation({ resource, id, verb, member: whom ?? me.id })
  const field: Field = { name: 'member', label: t('access.member'), type: 'member', resource: MEMBER, required: true }
  const change = (key: string) => {
    setResource(key)
    setVerb('read')
  }
  return (
    <Modal open width={620} title={t('access.why')} footer={null} onCancel={onClose}>
      <div className="why" data-testid="explanation">
        <div className="why__asked">
          {resources[MEMBER] && <FieldInput resource="" field={field} id="why-member" value={about} onChange={setAbout} />}
          {!given && (
            <Select
              showSearch={byName}
              aria-label={t('role.resource')}
              placeholder={t('role.resource')}
              value={resource || null}
              options={Object.entries(resources).map(([value, one]) => ({ value, label: one.plural }))}
              onChange={change}
            />
          )}
          <Select
            showSearch={byName}
            aria-label={t('permission.method')}
            value={verb}
            options={data?.verbs ?? []}
            disabled={!data}
            onChange={setVerb}
          />
        </div>
        {error && <Alert type="error" showIcon title={problemOf(error).detail} />}
        {!error && isFetching && !data && <Waiting />}
        {!error && data && (
          <>
            <Alert
              type={data.allowed ? 'success' : 'error'}
              showIcon
              title={t(data.allowed ? 'access.can' : 'access.cannot', { name: data.member?.label, what: data.verb.label })}
            />
            <ol className="why__steps">
              {data.steps.map((step) => (
                <StepRow key={step.level} step={step} />
              ))}
            </ol>
          </>
        )}
      </div>
    </Modal>
  )
}
