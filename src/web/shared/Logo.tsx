import logo from './logo.svg'

export const Logo = () => <img className="logo" src={logo} alt="" width={28} height={28} />
