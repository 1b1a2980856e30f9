import { Alert, Modal, Steps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import type { Description, Job } from '@/api/types'
import { JobProgress } from './JobProgress'
import { MappingStep } from './MappingStep'
import { createMissing, type ImportResult, type Inspection, type Mapping } from './model'
import { ResultStep } from './ResultStep'
import { UploadStep } from './UploadStep'
import './exchange.css'

type Stage = 'upload' | 'mapping' | 'trial' | 'run'
const STAGES: Stage[] = ['upload', 'mapping', 'trial', 'run']

export interface Settings {
  mode: 'insert' | 'update' | 'upsert'
  onError: 'stop' | 'skip'
  /** Columns whose references are made where they are not there yet. */
  create: string[]
}

/** Upload, map, try, run. Nothing is written before the trial has been seen. */
export default function ImportWizard({ description, onClose }: { description: Description; onClose: () => void }) {
  const { t } = useTranslation()
  const [stage, setStage] = useState<Stage>('upload')
  const [file, setFile] = useState<File | null>(null)
  const [inspection, setInspection] = useState<Inspection | null>(null)
  const [mapping, setMapping] = useState<Mapping>({})
  const [settings, setSettings] = useState<Settings>({ mode: 'upsert', onError: 'skip', create: [] })
  const [job, setJob] = useState<Job | null>(null)
  const [problem, setProblem] = useState('')
  const url = `${description.url}import/`

  const guarded = async (work: () => Promise<void>) => {
    setProblem('')
    await work().catch((error: unknown) => setProblem(problemOf(error).detail))
  }
  const inspect = (chosen: File) =>
    guarded(async () => {
      const form = new FormData()
      form.append('file', chosen)
      const found = await post<Inspection>(`${url}inspect/`, form)
      setFile(chosen)
      setInspection(found)
      setMapping(found.mapping)
      setStage('mapping')
    })
  const run = (dry: boolean) =>
    guarded(async () => {
      const form = new FormData()
      form.append('file', file as File)
      form.append('mode', settings.mode)
      form.append('on_error', settings.onError)
      form.append('dry_run', dry ? '1' : '0')
      form.append('mapping', JSON.stringify(mapping))
      form.append('create_missing', JSON.stringify(createMissing(settings.create, mapping)))
      setJob((await post<{ job: Job }>(url, form)).job)
      setStage(dry ? 'trial' : 'run')
    })
  const done = (ended: Job) => {
    setJob(ended)
    if (stage === 'run') void refreshAll()
  }
  const ended = job?.state === 'done'
  return (
    <Modal
      open
      width={860}
      footer={null}
      title={t('import.title', { name: description.plural })}
      onCancel={onClose}
      mask={{ closable: false }}
      data-testid="import"
    >
      <div className="exchange">
        <Steps size="small" current={STAGES.indexOf(stage)} items={STAGES.map((name) => ({ title: t(`import.${name}`) }))} />
        {problem && <Alert type="error" showIcon title={problem} />}
        {stage === 'upload' && <UploadStep template={`${url}template/`} onFile={(chosen) => void inspect(chosen)} />}
        {stage === 'mapping' && inspection && (
          <MappingStep
            inspection={inspection}
            mapping={mapping}
            setMapping={setMapping}
            settings={settings}
            setSettings={setSettings}
            onNext={() => void run(true)}
          />
        )}
        {(stage === 'trial' || stage === 'run') && job && !ended && <JobProgress key={job.id} id={job.id} onDone={done} />}
        {(stage === 'trial' || stage === 'run') && job && ended && inspection && (
          <ResultStep
            key={job.id}
            job={job.id}
            result={job.result as unknown as ImportResult}
            inspection={inspection}
            trial={stage === 'trial'}
            onBack={() => setStage('mapping')}
            onRun={() => void run(false)}
            onClose={onClose}
          />
        )}
      </div>
    </Modal>
  )
}
