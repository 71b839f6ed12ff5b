import {
  child,
  METADATA_NAMESPACE,
  parseXml,
  renderXml,
  XmlError,
  type XmlElement,
  type XmlObject,
  type XmlValue,
} from './xml.ts';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

export interface SoapReply {
  readonly status: number;
  readonly xml: string;
}

/** A call that Salesforce refuses with a SOAP fault. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';
  /** With prefix: `sf:INSUFFICIENT_ACCESS`, `soapenv:Client`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }

  /** A fault of the API itself, whose text starts with its code. */
  static ofApi(code: string, message: string): SoapFault {
    return new SoapFault(`sf:${code}`, `${code}: ${message}`);
  }
}

/** The operation that an envelope calls. @throws SoapFault when it is no envelope. */
export function readOperation(envelope: string): XmlElement {
  try {
    const operation = child(parseXml(envelope), 'Body')?.children[0];
    if (operation !== undefined) return operation;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new SoapFault('soapenv:Client', error.message);
  }
  throw new SoapFault('soapenv:Client', 'The SOAP body holds no operation');
}

/** The reply to an operation: one `<result>` a value. */
export function soapReply(operation: string, result: XmlValue): SoapReply {
  const body = renderXml(`${operation}Response`, { result });
  return { status: 200, xml: wrap(`xmlns="${METADATA_NAMESPACE}" xmlns:xsi="${XSI}"`, body) };
}

export function soapFault(fault: SoapFault): SoapReply {
  const body: XmlObject = { faultcode: fault.code, faultstring: fault.message };
  return {
    status: 500,
    xml: wrap(`xmlns:sf="${METADATA_NAMESPACE}" xmlns:xsi="${XSI}"`, renderXml('soapenv:Fault', body)),
  };
}

function wrap(namespaces: string, body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soapenv:Envelope xmlns:soapenv="${SOAP}" ${namespaces}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}
