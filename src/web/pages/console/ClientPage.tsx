import { useQuery } from '@tanstack/react-query'
import { get, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Doc } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { Waiting } from '@/shared/Waiting'
import { useTab } from '@/workspace/TabHost'
import { Backups } from './Backups'
import { Life } from './Life'
import type { Care } from './model'
import { Standing } from './Standing'
import './console.css'

/** Where everything about one company is asked that is no field of its row. */
export function useCare(id: string, version?: number) {
  const url = `${useMeta().resources['console.client']?.url}${id}/care/`
  return useQuery({
    queryKey: ['desk', url, version],
    queryFn: () => get<Care>(url),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.jobs.some((job) => ['queued', 'running'].includes(job.state)) ? 3000 : false),
  })
}

function Glance({ doc }: { doc: Doc }) {
  const { id } = useTab()
  const { data, error } = useCare(id, doc.version)
  if (error) return <p className="soft">{problemOf(error).detail}</p>
  if (!data) return <Waiting lines={6} />
  return (
    <div className="care" data-testid="care">
      <Standing care={data} />
      <Backups care={data} />
      <Life care={data} />
    </div>
  )
}

/** A company as operators see it: what is wrong, what it uses, its backups and copies; then its row and what can be done. */
export default function ClientPage() {
  return <DocumentView above={(doc) => <Glance doc={doc} />} />
}
