import { t } from '@vscode/l10n';
import { XMLParser } from 'fast-xml-parser';
import { OrgwatchError } from '../shared/errors.ts';
import { isTooDeep } from './query.ts';

type Xml = string | Xml[] | { [name: string]: Xml };

const parser = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
});

/** The envelope of a Metadata API call; `body` is the XML inside of `<soapenv:Body>`. */
export function envelope(sessionId: string, client: string, body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<soapenv:Header><SessionHeader><sessionId>${escapeXml(sessionId)}</sessionId></SessionHeader>` +
    `<CallOptions><client>${escapeXml(client)}</client></CallOptions></soapenv:Header>` +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

/**
 * The `result` of a Metadata API response: elements as properties, text as strings, repeated elements as arrays.
 * @throws OrgwatchError RESPONSE_INVALID
 */
export function resultOf(operation: string, xml: string): unknown {
  const response = child(bodyOf(xml), `${operation}Response`);
  if (response === undefined || isTooDeep(response)) {
    throw new OrgwatchError('RESPONSE_INVALID', t('The answer to {0} is not the expected SOAP message.', operation));
  }
  return child(response, 'result');
}

/** The fault of a SOAP message; undefined when it carries none or is no SOAP. */
export function faultOf(xml: string): { readonly code: string; readonly text: string } | undefined {
  const fault = child(bodyOf(xml), 'Fault');
  const code = child(fault, 'faultcode');
  const text = child(fault, 'faultstring');
  return typeof code === 'string' ? { code, text: typeof text === 'string' ? text : code } : undefined;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** SOAP has no document type: with one it is an edge's HTML, or entities that grow. */
function bodyOf(xml: string): Xml | undefined {
  if (/<!DOCTYPE/i.test(xml)) return undefined;
  try {
    return child(child(parser.parse(xml) as Xml, 'Envelope'), 'Body');
  } catch {
    return undefined;
  }
}

function child(parent: Xml | undefined, name: string): Xml | undefined {
  return typeof parent === 'object' && !Array.isArray(parent) ? parent[name] : undefined;
}
