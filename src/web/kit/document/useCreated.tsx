import { App, Button } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { ActionAnswer } from '@/api/types'
import { docUrl } from '@/workspace/route'
import { openTab } from '@/workspace/tabs'

/** A verb that made documents offers them; one whose purpose they are goes on in the first. */
export function useCreated() {
  const { t } = useTranslation()
  const { notification } = App.useApp()
  const { resources } = useMeta()
  return useCallback(
    ({ created }: ActionAnswer, opens = false) => {
      const [first] = created
      if (!first) return
      if (opens) openTab(docUrl(first._key, first.id))
      notification.success({
        title: t('document.made'),
        placement: 'bottomRight',
        description: (
          <span className="made" data-testid="created">
            {created.map((one) => (
              <Button key={`${one._key}${one.id}`} size="small" onClick={() => openTab(docUrl(one._key, one.id))}>
                {resources[one._key]?.label} {one._label}
              </Button>
            ))}
          </span>
        ),
      })
    },
    [notification, resources, t],
  )
}
