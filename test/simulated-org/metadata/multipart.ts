/** One part of a multipart/form-data body. */
export interface FormPart {
  readonly name: string;
  readonly content: Buffer;
}

/** The parts of a multipart/form-data body (RFC 7578); empty when the header names no boundary. */
export function readFormParts(contentType: string, body: Buffer): FormPart[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (boundary === null) return [];
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2] ?? ''}`);
  const text = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: FormPart[] = [];
  let start = text.indexOf(delimiter);
  while (start !== -1) {
    const from = start + delimiter.length;
    const end = text.indexOf(delimiter, from);
    if (end === -1) break;
    const part = readPart(text.subarray(from, end));
    if (part !== undefined) parts.push(part);
    start = end;
  }
  return parts;
}

function readPart(part: Buffer): FormPart | undefined {
  const headerEnd = part.indexOf('\r\n\r\n');
  if (headerEnd === -1) return undefined;
  const name = /content-disposition:[^\r\n]*?\bname="([^"]*)"/i.exec(part.toString('latin1', 0, headerEnd))?.[1];
  return name === undefined ? undefined : { name, content: part.subarray(headerEnd + 4) };
}
