import { Background, Controls, type Edge, type Node, ReactFlow, type ReactFlowProps, ReactFlowProvider } from '@xyflow/react'
import type { ReactNode } from 'react'
import '@xyflow/react/dist/base.css'

type Props = Omit<ReactFlowProps<Node, Edge>, 'proOptions' | 'children'>

/** Cards and lines on an endless sheet: moved about by hand where they may be, never connected, selected or deleted by the library. */
export const Drawing = (props: Props) => (
  <ReactFlow
    nodesConnectable={false}
    nodesFocusable={false}
    edgesFocusable={false}
    elementsSelectable={false}
    deleteKeyCode={null}
    minZoom={0.2}
    nodeDragThreshold={6}
    proOptions={{ hideAttribution: true }}
    {...props}
  >
    <Background gap={20} />
    <Controls showInteractive={false} position="bottom-left" />
  </ReactFlow>
)

/** What draws on a sheet stands within one, so that it can ask for the view and for what a card lies on. */
export const SheetOfPaper = ({ children }: { children: ReactNode }) => <ReactFlowProvider>{children}</ReactFlowProvider>
