import { DeskPage } from '@/kit/desk/DeskPage'
import { type PartnerDesk, PartnerOverview } from './PartnerOverview'
import './partner.css'

/** 客户全景: what a customer owes, since when, and every document. */
export default function PartnerPage() {
  return <DeskPage<PartnerDesk> view={PartnerOverview} />
}
