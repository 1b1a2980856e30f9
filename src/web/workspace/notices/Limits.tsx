import { useMeta } from '@/api/queries'
import { PlanEnds } from './PlanEnds'

/** What the plan will soon stop; its administrator finds the way on beside it. */
export function Limits() {
  const { limits } = useMeta()
  return (limits ?? []).map((limit) => <PlanEnds key={limit.name} banner name={limit.name} detail={limit.detail} />)
}
