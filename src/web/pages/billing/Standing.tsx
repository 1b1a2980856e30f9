import { Alert, App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { formatCurrency } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Told } from './Bill'
import { type Overview, type Planned, refresh, URL } from './model'

const COLOURS = { trial: 'blue', active: 'green', past_due: 'orange', canceled: 'default' } as const

/** What begins when the paid period ends, and a way to take it back. */
function PlannedChange({ planned, data, onKeep }: { planned: Planned; data: Overview; onKeep: () => void }) {
  const { t } = useTranslation()
  const price = `${formatCurrency(planned.renewal, data.plan.currency)} / ${t(`billing.unit.${planned.period}`)}`
  const head = t('billing.planned', { date: planned.from, plan: planned.plan, count: planned.seats, price })
  return (
    <Alert
      type="info"
      showIcon
      data-testid="planned"
      title={
        <>
          <Told head={head} text={t(planned.paid ? 'billing.plannedPaid' : 'billing.plannedText', { plan: data.plan.name })} />
          {!planned.paid && (
            <Button size="small" onClick={onKeep}>
              {t('billing.keep', { plan: data.plan.name })}
            </Button>
          )}
        </>
      }
    />
  )
}

/** The plan as it stands, and what can be done about it. */
export function Standing({ data, onOrder }: { data: Overview; onOrder: () => void }) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const { plan } = data
  const facts = [
    ['period', data.collection === 'free' ? data.collection_label : t(`billing.per.${data.period}`)],
    ['seats', String(data.seats)],
    ['renewal', data.collection === 'free' ? formatCurrency('0', plan.currency) : formatCurrency(data.renewal, plan.currency)],
    ['paying', data.collection_label],
  ] as const
  const ask = async (path: string, body: object = {}) => {
    try {
      const { url } = await post<{ url?: string }>(`${URL}${path}/`, body)
      if (url) location.assign(url)
      else await refresh()
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  const stop = async () => {
    if (await modal.confirm({ title: t('billing.stopSure'), okButtonProps: { danger: true } })) await ask('stop')
  }
  const paid = data.collection === 'card' || data.collection === 'prepaid'
  return (
    <section className="panel part" data-testid="standing">
      <header>
        <h2>{plan.name}</h2>
        <Tag color={COLOURS[data.status]}>{data.status_label}</Tag>
        {data.last_day && (
          <span className="soft" data-testid="ends">
            {t(`billing.ends.${data.cancel_at_period_end ? 'stopping' : data.status}`, {
              date: data.last_day,
              count: data.days_left ?? 0,
            })}
          </span>
        )}
      </header>
      <dl className="facts facts--wide">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`billing.${name}`)}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      {data.planned && <PlannedChange planned={data.planned} data={data} onKeep={() => void ask('keep')} />}
      <div className="billing__tools">
        <Button type="primary" data-testid="order" onClick={onOrder}>
          {paid && data.status !== 'canceled' ? t('billing.change') : t('billing.choose')}
        </Button>
        {data.by_card && <Button onClick={() => void ask('portal')}>{t('billing.portal')}</Button>}
        {paid &&
          data.status !== 'canceled' &&
          (data.cancel_at_period_end ? (
            <Button onClick={() => void ask('resume')}>{t('billing.resume')}</Button>
          ) : (
            <Button type="text" danger onClick={() => void stop()}>
              {t('billing.stop')}
            </Button>
          ))}
      </div>
    </section>
  )
}
