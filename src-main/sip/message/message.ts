/**
 * SIP messages as data (RFC 3261 §7). What the stack needs is parsed and checked; every header field is
 * also kept as it came, in order, so that nothing a peer says is lost.
 */
export type SipMessage = SipRequest | SipResponse

export type SipRequest = Parsed & {
  readonly kind: 'request'
  /** Case-sensitive, `INVITE`. */
  readonly method: string
  readonly uri: Uri
}

export type SipResponse = Parsed & {
  readonly kind: 'response'
  /** 100–699. */
  readonly status: number
  readonly reason: string
}

/** What both kinds carry. */
export type Parsed = {
  /** As they came, unfolded and trimmed; names as written, compact ones too. Read them with `valuesOf`. */
  readonly headers: readonly Header[]
  readonly body: Buffer
  /** Topmost first; never empty. */
  readonly via: readonly Via[]
  readonly from: NameAddr
  readonly to: NameAddr
  readonly callId: string
  readonly cseq: { readonly number: number; readonly method: string }
  /** `*` asks a registrar to remove every binding. */
  readonly contacts: readonly NameAddr[] | '*'
  /** Undefined when the field is missing. */
  readonly maxForwards: number | undefined
  /** Seconds of the Expires header, at most 2^32-1; undefined when missing or no number. */
  readonly expires: number | undefined
}

export type Header = { readonly name: string; readonly value: string }

/** Parameter names in lower case, values without quotes; a parameter without a value has ''. */
export type Params = ReadonlyMap<string, string>

export type Uri = SipUri | OtherUri

export type SipUri = {
  readonly scheme: 'sip' | 'sips'
  /** Escapes are decoded, so it may hold any character, even NUL; undefined when there is none. */
  readonly user: string | undefined
  readonly password: string | undefined
  /** Lower case; an IPv6 address without its brackets. */
  readonly host: string
  readonly port: number | undefined
  readonly params: Params
  /** Text after `?`, undefined when there is none. */
  readonly headers: string | undefined
  /** As written. */
  readonly text: string
}

/** `tel:` and schemes we do not know: opaque. */
export type OtherUri = { readonly scheme: string; readonly text: string }

export type NameAddr = {
  /** Without quotes; '' when there is none. */
  readonly displayName: string
  readonly uri: Uri
  /** Of the header field (`tag`, `expires`, `q`), not of the URI. */
  readonly params: Params
  /** As written. */
  readonly text: string
}

export type Via = {
  /** Upper case: `UDP`, `TCP`, `TLS`. */
  readonly transport: string
  readonly host: string
  readonly port: number | undefined
  readonly params: Params
  /** As written. */
  readonly text: string
}
