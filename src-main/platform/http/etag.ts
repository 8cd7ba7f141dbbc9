/** Whether an If-None-Match header names the entity tag: `*`, or a list of tags, weak ones too (RFC 9110). */
export const namesEtag = (header: string | undefined, etag: string | undefined): boolean =>
  header !== undefined &&
  etag !== undefined &&
  header.split(',').some((each) => {
    const tag = each.trim().replace(/^W\//, '')
    return tag === '*' || tag === etag
  })
