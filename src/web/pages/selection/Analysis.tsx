import { useTranslation } from 'react-i18next'
import type { Problem } from './problems'

export interface Report {
  problems: Problem[]
  cases: Problem[]
  impossible: boolean
  dead: { option: string; value: string }[]
  undecided: { option: string; value: string }[]
  contradictions: [string, string][]
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
export function Analysis({ report }: { report: Report }) {
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
      {report.undecided.length > 0 &&
        part(
          'undecided',
          report.undecided.map((one) => `${one.option} = ${one.value}`),
        )}
    </div>
  )
}
