import MatrixPage from './MatrixPage'

/** 界面方法管理. */
export default function MethodsPage() {
  return <MatrixPage methods />
}
