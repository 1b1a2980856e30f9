import { DeskPage } from '@/kit/desk/DeskPage'
import { type OpportunityDesk, OpportunityOverview } from './OpportunityOverview'

/** 商机全景: stages and checklist, what was said, what came of it, what stands against it. */
export default function OpportunityPage() {
  return <DeskPage<OpportunityDesk> view={OpportunityOverview} />
}
