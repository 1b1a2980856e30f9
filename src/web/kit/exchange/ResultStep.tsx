import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import type { Job } from '@/api/types'
import { formatNumber } from '@/shared/format'
import { JobProgress } from './JobProgress'
import { type ImportResult, type Inspection, labelOf } from './model'

interface Props {
  job: Job['id']
  result: ImportResult
  inspection: Inspection
  trial: boolean
  onBack: () => void
  onRun: () => void
  onClose: () => void
}

function Errors({ result, inspection }: { result: ImportResult; inspection: Inspection }) {
  const { t } = useTranslation()
  if (!result.errors?.length) return null
  return (
    <>
      <ul className="report" data-testid="import-errors">
        {result.errors.map((error) => (
          <li key={`${error.row}${error.path}${error.detail}`}>
            <b>{t('import.row', { row: error.row })}</b>
            <span>{labelOf(inspection, error.path)}</span>
            <span>{error.detail}</span>
          </li>
        ))}
      </ul>
      {result.file && (
        <Button icon={<DownloadOutlined />} href={result.file} download>
          {t('import.errorFile')}
        </Button>
      )}
    </>
  )
}

export function ResultStep({ job, result, inspection, trial, onBack, onRun, onClose }: Props) {
  const { t } = useTranslation()
  const [undoing, setUndoing] = useState<Job['id'] | null>(null)
  const [undone, setUndone] = useState('')
  const [problem, setProblem] = useState('')
  const figures = {
    rows: formatNumber(result.rows),
    created: formatNumber(result.created),
    updated: formatNumber(result.updated),
    failed: formatNumber(result.failed),
  }
  const undo = async () => {
    try {
      setUndoing((await post<{ job: Job }>(`/api/v1/jobs/${job}/undo/`)).job.id)
    } catch (error) {
      setProblem(problemOf(error).detail)
    }
  }
  const ended = ({ state, message }: Job) => {
    if (state === 'done') setUndone(message || t('import.undone'))
    void refreshAll()
  }
  return (
    <>
      <Alert
        showIcon
        data-testid="import-result"
        type={undone ? 'info' : result.failed ? 'warning' : 'success'}
        title={undone || t(trial ? 'import.tried' : 'import.done', figures)}
      />
      {problem && <Alert type="error" showIcon title={problem} />}
      {undoing && !undone && <JobProgress id={undoing} onDone={ended} />}
      <Errors result={result} inspection={inspection} />
      <div className="exchange__foot">
        {trial && <Button onClick={onBack}>{t('import.back')}</Button>}
        {trial && (
          <Button type="primary" onClick={onRun} data-testid="import-run">
            {t('import.really')}
          </Button>
        )}
        {!trial && result.undo && !undoing && <Button onClick={() => void undo()}>{t('import.undo')}</Button>}
        {!trial && (
          <Button type="primary" onClick={onClose}>
            {t('close')}
          </Button>
        )}
      </div>
    </>
  )
}
