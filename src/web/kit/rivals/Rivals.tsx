import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { formatShortMoney } from '@/shared/format'
import { classes } from '@/shared/text'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './rivals.css'

export interface RivalTold {
  id: Id
  name: string
  maker: string
  ours: string
  price_from: string | null
  price_to: string | null
  specs: { name: string; theirs: string; ours: string; better: string }[]
  strengths: string
  weaknesses: string
  arguments: string
}

/** Where they are strong, where they are weak, and what to say. */
function Sides({ row }: { row: RivalTold }) {
  const { t } = useTranslation()
  const told = [
    { name: 'strengths', text: row.strengths },
    { name: 'weaknesses', text: row.weaknesses },
    { name: 'say', text: row.arguments },
  ].filter((one) => one.text)
  return (
    <dl className="rival__sides">
      {told.map((one) => (
        <div key={one.name} className={`rival__${one.name}`}>
          <dt>{t(`crm.rival.${one.name}`)}</dt>
          <dd>{one.text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Competitors' products beside ours, and what to say. */
export function Rivals({ rows }: { rows: RivalTold[] }) {
  const { t } = useTranslation()
  return (
    <div className="rivals" data-testid="rivals">
      {rows.map((row) => (
        <article key={row.id} className="rival">
          <h3>
            <TabLink to={docUrl('crm.rival', row.id)}>{row.name}</TabLink> <span className="soft">{row.maker}</span>
            <span className="num soft">
              {[row.price_from, row.price_to]
                .filter((one) => one && Number(one))
                .map((one) => formatShortMoney(one))
                .join(' – ')}
            </span>
          </h3>
          {row.specs.length > 0 && (
            <table>
              <thead>
                <tr>
                  <th />
                  <th>{t('crm.theirs')}</th>
                  <th>{row.ours || t('crm.ours')}</th>
                </tr>
              </thead>
              <tbody>
                {row.specs.map((spec) => (
                  <tr key={spec.name}>
                    <th scope="row">{spec.name}</th>
                    <td className={classes(spec.better === 'theirs' && 'is-better')}>{spec.theirs}</td>
                    <td className={classes(spec.better === 'ours' && 'is-better')}>{spec.ours}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <Sides row={row} />
        </article>
      ))}
    </div>
  )
}
