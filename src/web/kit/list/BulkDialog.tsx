import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { Button, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import type { ActionMeta, Description, Id, Job, Problem, Values } from '@/api/types'
import { defaultsOf, outgoing } from '../document/model'
import { ProblemAlert } from '../document/ProblemAlert'
import { JobProgress } from '../exchange/JobProgress'
import { FieldBox } from '../field/FieldBox'
import { pathOf } from '../field/path'
import { FieldInput } from '../field/registry'
import type { Selected } from './ListPage'

interface BulkAnswer {
  results: { id: Id; ok: boolean; label: string; code: string; detail: string }[]
}

interface Props {
  description: Description
  verb: ActionMeta | 'change' | 'delete'
  selected: Selected
  onClose: () => void
  onDone: () => void
}

function Report({ answer }: { answer: BulkAnswer }) {
  const { t } = useTranslation()
  const failed = answer.results.filter((row) => !row.ok)
  return (
    <div data-testid="bulk-report">
      <p>{t('bulk.done', { done: answer.results.length - failed.length, failed: failed.length })}</p>
      <ul className="report">
        {[...failed, ...answer.results.filter((row) => row.ok)].map((row) => (
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
  const [problem, setProblem] = useState<Problem | null>(null)
  const [answer, setAnswer] = useState<BulkAnswer | null>(null)
  const [busy, setBusy] = useState(false)
  const [job, setJob] = useState<Job['id'] | null>(null)
  const fields = action ? action.params : changeable.filter((field) => chosen.includes(field.name))
  const title = action?.label ?? t(verb === 'delete' ? 'document.delete' : 'bulk.change')

  const run = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const ids = [...selected.values()].map((doc) => ({ id: doc.id, version: doc.version }))
      const flat = Object.fromEntries(
        fields.filter((field) => pathOf(field) in values || !action).map((field) => [pathOf(field), values[pathOf(field)] ?? null]),
      )
      const { body } = outgoing({ ...description, form: [] }, flat)
      const reply = await post<BulkAnswer | { job: Job }>(`${description.url}bulk/`, { verb: action?.verb ?? verb, ids, values: body })
      if ('job' in reply) return setJob(reply.job.id)
      setAnswer(reply)
      await refreshAll()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const ended = ({ state, result }: Job) => {
    if (state === 'done') setAnswer(result as unknown as BulkAnswer)
    void refreshAll()
  }
  const close = () => {
    if (answer || job !== null) onDone()
    onClose()
  }
  return (
    <Modal
      open
      title={t('bulk.title', { action: title, count: selected.size })}
      onCancel={close}
      footer={
        answer ? (
          <Button type="primary" onClick={close}>
            {t('close')}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button
              type="primary"
              danger={verb === 'delete' || action?.style === 'danger'}
              loading={busy}
              disabled={job !== null || (verb === 'change' && chosen.length === 0)}
              data-testid="confirm"
              onClick={() => void run()}
            >
              {title}
            </Button>
          </>
        )
      }
    >
      {answer ? (
        <Report answer={answer} />
      ) : job !== null ? (
        <JobProgress id={job} onDone={ended} />
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
              showSearch={{ optionFilterProp: 'label' }}
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
