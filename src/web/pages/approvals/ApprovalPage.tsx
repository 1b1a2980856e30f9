import { useQuery } from '@tanstack/react-query'
import { problemOf } from '@/api/http'
import type { Doc } from '@/api/types'
import { Track } from '@/kit/approval/Track'
import { storyQuery } from '@/kit/approval/useApproval'
import { DocumentView } from '@/kit/document/DocumentPage'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

/** The way this decision took, what was asked for, and the document it is about. */
function Way({ doc }: { doc: Doc }) {
  const { data: story, error } = useQuery(storyQuery(doc.id))
  return (
    <section className="panel section story" data-testid="way">
      <h2>
        {story?.document ? <TabLink to={docUrl(story.document._key, story.document.id)}>{story.subject}</TabLink> : String(doc.subject)}
        {story && <small className="soft"> {story.verb_label}</small>}
      </h2>
      {error && <p className="soft">{problemOf(error).detail}</p>}
      {!error && !story && <Waiting />}
      {story && story.asked.length > 0 && (
        <dl className="facts">
          {story.asked.map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {story && <Track approval={story} />}
    </section>
  )
}

/** A decision by itself, for whoever asked for it or looks after flows that are stuck. */
export default function ApprovalPage() {
  return <DocumentView above={(doc) => <Way doc={doc} />} />
}
