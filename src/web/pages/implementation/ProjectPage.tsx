import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Doc } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { type Progress, Trained } from '@/kit/training/Trained'
import { Waiting } from '@/shared/Waiting'
import { useTab } from '@/workspace/TabHost'
import { BurnDown, type Week } from './BurnDown'
import { type Department, Departments } from './Departments'
import { type Fit, FitBar } from './FitBar'
import { type Milestone, Milestones } from './Milestones'
import './project.css'

interface Overview {
  burn_down: Week[]
  fit: Fit[]
  departments: Department[]
  milestones: Milestone[]
  training: Progress & { members: number }
}

/** How far the company's people are with the training material. */
function Training({ told }: { told: Overview['training'] }) {
  const { t } = useTranslation()
  return (
    <section className="panel section glance__wide">
      <h2>
        {t('project.training')}{' '}
        <small className="soft">{t('project.trainingText', { begun: told.people.length, members: told.members })}</small>
      </h2>
      <Trained progress={told} />
    </section>
  )
}

function Glance({ doc }: { doc: Doc }) {
  const { key, id } = useTab()
  const url = `${useMeta().resources[key]?.url}${id}/overview/`
  const { data, error } = useQuery({
    queryKey: ['desk', url, doc.version],
    queryFn: () => get<Overview>(url),
    placeholderData: (before) => before,
  })
  if (error) return <p className="soft">{problemOf(error).detail}</p>
  if (!data) return <Waiting lines={6} />
  return (
    <div className="glance" data-testid="glance">
      <BurnDown weeks={data.burn_down} />
      <FitBar fit={data.fit} coverage={doc.coverage as string | null} />
      <Departments rows={data.departments} />
      <Milestones rows={data.milestones} />
      <Training told={data.training} />
    </div>
  )
}

/** An implementation as both sides see it: how far it is, what is covered, what is delivered and paid; then the plan itself. */
export default function ProjectPage() {
  return <DocumentView above={(doc) => <Glance doc={doc} />} />
}
