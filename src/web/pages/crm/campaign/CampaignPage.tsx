import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { Doc } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { ContactLog } from '@/kit/log/ContactLog'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import '@/kit/document/switched.css'
import './campaign.css'

interface Sheet {
  open: boolean
  address: string
  svg: string
}

/** The QR code that guests scan, to print and to show. */
function SignIn({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['crm', 'sign-in', doc.id, doc.version],
    queryFn: () => get<Sheet>(`/api/v1/crm/campaigns/${doc.id}/sign-in/`),
    enabled: doc.sign_in === true,
  })
  const picture = data?.open ? `data:image/svg+xml,${encodeURIComponent(data.svg)}` : ''
  return (
    <section className="panel section campaign" data-testid="sign-in">
      {picture && (
        <>
          <img src={picture} alt={t('crm.qr')} className="campaign__qr" />
          <div>
            <h2>{t('crm.signIn')}</h2>
            <p className="soft">{t('crm.signInText')}</p>
            <p>
              <a href={data?.address} target="_blank" rel="noreferrer">
                {data?.address}
              </a>
            </p>
            <Button size="small" href={picture} download={`${doc._label}.svg`}>
              {t('crm.qrSave')}
            </Button>
          </div>
        </>
      )}
      <nav className="campaign__links">
        <TabLink to={listUrl('crm.lead', { campaign: doc.id })}>{t('crm.itsLeads')}</TabLink>
        <TabLink to={listUrl('crm.opportunity', { campaign: doc.id })}>{t('crm.itsDeals')}</TabLink>
        <TabLink to={listUrl('crm.campaign', { parent: doc.id })}>{t('crm.itsEvents')}</TabLink>
        <TabLink to="/w/page/campaign-return">{t('page.campaign-return')}</TabLink>
      </nav>
    </section>
  )
}

export default function CampaignPage() {
  const { t } = useTranslation()
  return (
    <DocumentView
      above={(doc) => (
        <div className="above">
          <SignIn doc={doc} />
          <ContactLog about="crm.campaign" id={doc.id} title={t('crm.tasks')} first="task" />
        </div>
      )}
    />
  )
}
