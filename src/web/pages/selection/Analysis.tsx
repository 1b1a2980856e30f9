import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { JobProgress } from '@/kit/exchange/JobProgress'
import type { Problem } from './problems'
import type { Whole } from './useWhole'

export interface Report {
  problems: Problem[]
  cases: Problem[]
  impossible: boolean
  dead: { option: string; value: string }[]
  undecided: { option: string; value: string }[]
  /** How many values a second was too short for. */
  unseen: number
  contradictions: [string, string][]
  /** Model codes that are read back as something else, and at which option. */
  unread: { code: string; option: string }[]
}

function Found({ title, help, rows }: { title: string; help: string; rows: string[] }) {
  const { t } = useTranslation()
  return (
    <section className="analysis__part">
      <h3>
        {title} <span className={rows.length ? 'analysis__bad' : 'analysis__good'}>{rows.length || t('selection.none')}</span>
      </h3>
      <p className="soft">{help}</p>
      {rows.length > 0 && (
        <ul>
          {rows.map((row) => (
            <li key={row}>{row}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What is wrong with a table as a whole: cells, test cases, values nobody can choose, rules that contradict each other. */
export function Analysis({ report, whole }: { report: Report; whole: Whole }) {
  const { t } = useTranslation()
  const part = (name: string, rows: string[]) => (
    <Found title={t(`selection.analysis.${name}`)} help={t(`selection.analysis.${name}Help`)} rows={rows} />
  )
  return (
    <div className="analysis" data-testid="analysis">
      {report.impossible && (
        <p className="analysis__impossible" role="alert">
          {t('selection.analysis.impossible')}
        </p>
      )}
      {whole.job !== null && <JobProgress id={whole.job} onDone={whole.ended} />}
      {whole.trouble && <Alert type="error" showIcon title={whole.trouble} />}
      {report.unseen > 0 && whole.job === null && (
        <Alert
          type="warning"
          showIcon
          title={t('selection.analysis.unseen', { count: report.unseen })}
          action={
            <Button size="small" onClick={() => void whole.start()} data-testid="analyse-whole">
              {t('selection.analysis.whole')}
            </Button>
          }
        />
      )}
      {part(
        'problems',
        report.problems.map((one) => `${one.path}: ${one.detail}`),
      )}
      {part(
        'cases',
        report.cases.map((one) => one.detail),
      )}
      {part(
        'dead',
        report.dead.map((one) => `${one.option} = ${one.value}`),
      )}
      {part(
        'contradictions',
        report.contradictions.map(([one, other]) => (one === other ? one : `${one} ⟷ ${other}`)),
      )}
      {part(
        'unread',
        report.unread.map((one) => `${one.code} (${one.option})`),
      )}
      {report.undecided.length > 0 &&
        part(
          'undecided',
          report.undecided.map((one) => `${one.option} = ${one.value}`),
        )}
    </div>
  )
}
