import { FileSearchOutlined, WarningOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'

/** A screen that cannot be shown: why, and where to go on. */
export function Trouble({ title, missing = false, children }: { title: string; missing?: boolean; children?: ReactNode }) {
  return (
    <div className="trouble" role="alert">
      {missing ? <FileSearchOutlined /> : <WarningOutlined />}
      <p>{title}</p>
      {children && <div>{children}</div>}
    </div>
  )
}
