/** Methods of RFCs that we know by name, whether or not anybody here handles them. */
const known = [
  ...['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'REGISTER', 'PRACK', 'UPDATE', 'INFO'],
  ...['SUBSCRIBE', 'NOTIFY', 'REFER', 'MESSAGE', 'PUBLISH'],
]

export const isKnownMethod = (method: string): boolean => known.includes(method)
