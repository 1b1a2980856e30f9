import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import { Part } from '@/kit/sheet/Sheet'
import { URL } from './model'
import { useWork } from './useWork'

export function Leave() {
  const { t } = useTranslation()
  const { company } = useMeta()
  const { busy, work } = useWork()
  const [told, setTold] = useState<{ slug: string; reason: string } | null>(null)
  const leave = () =>
    work(async () => {
      await post(`${URL}cancel/`, told)
      setTold(null)
      await refreshAll([])
    })
  return (
    <Part title={t('company.leave')} text={t('company.leaveText')}>
      <div className="part__line">
        <Button danger disabled={company.read_only} onClick={() => setTold({ slug: '', reason: '' })} data-testid="company-leave">
          {t('company.leaveGo')}
        </Button>
        <Modal
          open={told !== null}
          title={t('company.leave')}
          okText={t('company.leaveGo')}
          cancelText={t('cancel')}
          okButtonProps={{ danger: true, disabled: told?.slug !== company.slug, loading: busy }}
          onOk={() => void leave()}
          onCancel={() => setTold(null)}
        >
          {told && (
            <div className="leave">
              <p>{t('company.leaveSure', { slug: company.slug })}</p>
              <Input
                value={told.slug}
                aria-label={t('company.slug')}
                onChange={(event) => setTold({ ...told, slug: event.target.value })}
              />
              <Input.TextArea
                value={told.reason}
                placeholder={t('company.reason')}
                maxLength={300}
                onChange={(event) => setTold({ ...told, reason: event.target.value })}
              />
            </div>
          )}
        </Modal>
      </div>
    </Part>
  )
}
