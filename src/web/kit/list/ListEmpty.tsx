import { Button, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/queries'
import type { Description, Problem } from '@/api/types'
import { Trouble } from '@/shared/Trouble'
import { newUrl } from '@/workspace/route'
import { openTab } from '@/workspace/tabs'
import { isFiltered, type ListState } from './model'

interface Props {
  description: Description
  state: ListState
  set: (next: ListState) => void
  error: Problem | null
}

/** Nothing to show: why, and the next step. */
export function ListEmpty({ description, state, set, error }: Props) {
  const { t } = useTranslation()
  const clear = () => set({ q: '', sort: '', group: '', filters: {} })
  if (error) {
    return (
      <Trouble title={error.detail}>
        <Button type="primary" onClick={() => void queryClient.invalidateQueries()}>
          {t('again')}
        </Button>
        <Button onClick={clear}>{t('filter.clear')}</Button>
      </Trouble>
    )
  }
  return (
    <Empty
      className="list__empty"
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={t(isFiltered(state) ? 'list.noMatch' : 'list.none', { name: description.plural })}
    >
      {isFiltered(state) ? (
        <Button onClick={clear}>{t('filter.clear')}</Button>
      ) : (
        description.can.create && (
          <Button type="primary" onClick={() => openTab(newUrl(description.key))}>
            {t('document.newOf', { name: description.label })}
          </Button>
        )
      )}
    </Empty>
  )
}
