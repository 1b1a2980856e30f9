import { DocumentView } from '@/kit/document/DocumentPage'
import { ContactLog } from '@/kit/log/ContactLog'
import '@/kit/document/switched.css'

/** 线索: what was said and what comes next above the form. */
export default function LeadPage() {
  return (
    <DocumentView
      above={(doc) => (
        <div className="above">
          <ContactLog about="crm.lead" id={doc.id} />
        </div>
      )}
    />
  )
}
