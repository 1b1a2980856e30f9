import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { Button, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionMeta, Description, Values } from '@/api/types'
import { byName } from '@/shared/pinyin'
import { defaultsOf, outgoing } from '../document/model'
import { ProblemAlert } from '../document/ProblemAlert'
import { JobProgress } from '../exchange/JobProgress'
import { FieldBox } from '../field/FieldBox'
import { pathOf } from '../field/path'
import { FieldInput } from '../field/registry'
import type { BulkRow } from './bulk'
import type { Selected } from './ListPage'
import { useBulk } from './useBulk'

interface Props {
  description: Description
  verb: ActionMeta | 'change' | 'delete'
  selected: Selected
  onClose: () => void
  onDone: () => void
}

function Report({ rows }: { rows: BulkRow[] }) {
  const { t } = useTranslation()
  const failed = rows.filter((row) => !row.ok)
  return (
    <div data-testid="bulk-report">
      <p>{t('bulk.done', { done: rows.length - failed.length, failed: failed.length })}</p>
      <ul className="report">
        {[...failed, ...rows.filter((row) => row.ok)].map((row) => (
          <li key={row.id} className={row.ok ? 'is-ok' : 'is-bad'}>
            {row.ok ? <CheckCircleFilled /> : <CloseCircleFilled />}
            <b>{row.label}</b>
            <span>{row.detail}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

export default function BulkDialog({ description, verb, selected, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const action = typeof verb === 'string' ? null : verb
  const changeable = Object.values(description.fields).filter(
    (field) => !field.readonly && field.type !== 'json' && field.name !== description.title,
  )
  const [chosen, setChosen] = useState<string[]>([])
  const [values, setValues] = useState<Values>(() => (action ? defaultsOf(action) : {}))
  const { run, rows, problem, busy, job } = useBulk(description, action?.verb ?? String(verb), selected)
  const fields = action ? action.params : changeable.filter((field) => chosen.includes(field.name))
  const title = action?.label ?? t(verb === 'delete' ? 'document.delete' : 'bulk.change')

  const go = () => {
    const flat = Object.fromEntries(
      fields.filter((field) => pathOf(field) in values || !action).map((field) => [pathOf(field), values[pathOf(field)] ?? null]),
    )
    void run(outgoing({ ...description, form: [] }, flat).body)
  }
  const close = () => {
    if (rows || job) onDone()
    onClose()
  }
  return (
    <Modal
      open
      title={t('bulk.title', { action: title, count: selected.size })}
      onCancel={close}
      footer={
        rows ? (
          <Button type="primary" onClick={close}>
            {t('close')}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button
              type="primary"
              danger={verb === 'delete' || action?.style === 'danger'}
              loading={busy && !job}
              disabled={!!job || (verb === 'change' && chosen.length === 0)}
              data-testid="confirm"
              onClick={go}
            >
              {title}
            </Button>
          </>
        )
      }
    >
      {rows ? (
        <Report rows={rows} />
      ) : job ? (
        <JobProgress key={job.id} id={job.id} onDone={job.ended} />
      ) : (
        <div className="dialog">
          {action?.help && <p className="soft">{action.help}</p>}
          {verb === 'delete' && <p>{t('bulk.deleteSure', { count: selected.size })}</p>}
          {problem && <ProblemAlert problem={problem} />}
          {verb === 'change' && (
            <Select
              mode="multiple"
              placeholder={t('bulk.fields')}
              aria-label={t('bulk.fields')}
              value={chosen}
              onChange={setChosen}
              showSearch={byName}
              options={changeable.map((field) => ({ value: field.name, label: field.label }))}
            />
          )}
          {fields.map((field) => (
            <FieldBox key={field.name} field={field} id={`${id}${field.name}`} wide>
              <FieldInput
                resource={description.key}
                field={field}
                id={`${id}${field.name}`}
                value={values[pathOf(field)]}
                context={(name) => values[name]}
                onChange={(value) => setValues((before) => ({ ...before, [pathOf(field)]: value }))}
              />
            </FieldBox>
          ))}
        </div>
      )}
    </Modal>
  )
}
