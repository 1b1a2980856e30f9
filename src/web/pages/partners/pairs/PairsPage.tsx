import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { get, patch, problemOf } from '@/api/http'
import type { Doc, Id, RefValue } from '@/api/types'
import { follow } from '@/kit/document/help'
import { Sheet } from '@/kit/sheet/Sheet'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './pairs.css'

interface Pair {
  one: Doc
  other: Doc
  why: string[]
  /** It certainly is the same company. */
  sure: boolean
}
interface Answer {
  rows: Pair[]
  looked: number
  next: number | null
}

const KEY = ['partners', 'pairs']
const label = (value: unknown) => (value as RefValue | null)?.label

function Side({ account }: { account: Doc }) {
  const { t } = useTranslation()
  return (
    <div className="pair__side">
      <TabLink to={docUrl('partners.partner', account.id as Id)}>{String(account.name)}</TabLink>
      <span className="soft">
        {[account.number, label(account.owner) ?? t('partner.alike.nobody'), label(account.region), account.phone]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  )
}

function Line({ pair, gone }: { pair: Pair; gone: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { one, other } = pair
  const merge = () =>
    follow(
      {
        label: t('partner.pairs.merge'),
        action: 'partners.partner.merge',
        values: { id: other.id, others: [{ id: one.id, label: String(one.name) }] },
      },
      gone,
    )
  const apart = async () => {
    const numbers = [String(one.different_from ?? ''), String(other.number)].filter(Boolean).join(', ')
    try {
      await patch(`/api/v1/partners/partners/${one.id}/`, { version: one.version, different_from: numbers })
      void message.success(t('partner.pairs.apart_done'))
      gone()
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  return (
    <li className={pair.sure ? 'is-sure' : undefined} data-testid="pair">
      <Side account={one} />
      <Side account={other} />
      <span className="pair__why">
        {pair.why.map((why) => (
          <Tag key={why} color={pair.sure ? 'red' : 'orange'}>
            {t(`partner.alike.why.${why}`)}
          </Tag>
        ))}
      </span>
      <span className="pair__do">
        <Button size="small" onClick={merge} data-testid="merge-pair">
          {t('partner.pairs.merge')}
        </Button>
        <Button size="small" type="text" onClick={() => void apart()} data-testid="apart">
          {t('partner.pairs.apart')}
        </Button>
      </span>
    </li>
  )
}

/** 疑似重复: accounts that are there already and may be one company, to merge them or to say that they are two. */
export default function PairsPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam }) => get<Answer>(`/api/v1/partners/partners/pairs/${pageParam ? `?before=${pageParam}` : ''}`),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const pairs = data.pages.flatMap((page) => page.rows)
  const looked = data.pages.reduce((sum, page) => sum + page.looked, 0)
  const gone = () => void client.invalidateQueries({ queryKey: KEY })
  return (
    <Sheet title={t('page.possible-duplicates')} intro={t('partner.pairs.intro')} wide>
      {pairs.length > 0 ? (
        <ul className="panel pairs">
          {pairs.map((pair) => (
            <Line key={`${pair.one.id} ${pair.other.id}`} pair={pair} gone={gone} />
          ))}
        </ul>
      ) : (
        <Empty description={t('partner.pairs.none')} />
      )}
      <p className="soft pairs__foot">
        {t('partner.pairs.looked', { count: looked })}{' '}
        {hasNextPage ? (
          <Button size="small" loading={isFetching} onClick={() => void fetchNextPage()} data-testid="look-on">
            {t('partner.pairs.on')}
          </Button>
        ) : (
          t('partner.pairs.whole')
        )}
      </p>
    </Sheet>
  )
}
