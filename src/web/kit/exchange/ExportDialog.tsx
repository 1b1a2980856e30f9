import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import type { Description, Id, Job, Values } from '@/api/types'
import { formatNumber } from '@/shared/format'
import { byName } from '@/shared/pinyin'
import { pathOf } from '../field/path'
import { filterParams, type ListState } from '../list/model'
import type { Views } from '../list/useList'
import { JobProgress } from './JobProgress'
import './exchange.css'

interface Props {
  description: Description
  views: Views
  state: ListState
  ids: Id[]
  onClose: () => void
}

export default function ExportDialog({ description, views, state, ids, onClose }: Props) {
  const { t } = useTranslation()
  const [format, setFormat] = useState('xlsx')
  const [scope, setScope] = useState(ids.length ? 'chosen' : 'filter')
  const [columns, setColumns] = useState(views.columns.map(pathOf))
  const [job, setJob] = useState<Job['id'] | null>(null)
  const [result, setResult] = useState<Job | null>(null)
  const [problem, setProblem] = useState('')
  const options = Object.values(description.fields).map((field) => ({ value: pathOf(field), label: field.label }))
  const run = async () => {
    setProblem('')
    const body: Values = { format, columns, filters: scope === 'all' ? {} : filterParams(state), ...(scope === 'chosen' ? { ids } : {}) }
    try {
      setJob((await post<{ job: Job }>(`${description.url}export/`, body)).job.id)
    } catch (error) {
      setProblem(problemOf(error).detail)
    }
  }
  const file = result?.state === 'done' ? result.result.file : undefined
  return (
    <Modal
      open
      title={t('export.title', { name: description.plural })}
      onCancel={onClose}
      footer={
        file ? (
          <Button type="primary" icon={<DownloadOutlined />} href={file} download data-testid="download">
            {t('export.download')}
          </Button>
        ) : (
          <Button type="primary" disabled={job !== null || columns.length === 0} data-testid="confirm" onClick={() => void run()}>
            {t('list.export')}
          </Button>
        )
      }
    >
      <div className="exchange">
        {problem && <Alert type="error" showIcon title={problem} />}
        {job === null ? (
          <>
            <Radio.Group
              value={scope}
              onChange={(event) => setScope(event.target.value)}
              options={[
                ...(ids.length ? [{ value: 'chosen', label: t('export.chosen', { count: ids.length }) }] : []),
                { value: 'filter', label: t('export.filter') },
                { value: 'all', label: t('export.all') },
              ]}
            />
            <Radio.Group
              value={format}
              onChange={(event) => setFormat(event.target.value)}
              options={[
                { value: 'xlsx', label: 'Excel (.xlsx)' },
                { value: 'csv', label: 'CSV (UTF-8)' },
              ]}
            />
            <Select
              mode="multiple"
              aria-label={t('export.columns')}
              value={columns}
              onChange={setColumns}
              options={options}
              showSearch={byName}
            />
          </>
        ) : (
          <JobProgress id={job} onDone={setResult} />
        )}
        {file && <p>{t('export.done', { rows: formatNumber(String(result?.result.rows ?? '')) })}</p>}
      </div>
    </Modal>
  )
}
