import type { Body } from './body';
import type { Call } from './call';
import { refuse } from './failure';

/** Statement and parameters sent as a form, as clients do when they are too long for a URL. */
export async function readForm(call: Call, contentType: string, body: Body): Promise<void> {
  if (body.kind !== 'memory') throw refuse.tooLarge('A form must fit the memory limit of a body.');
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body.bytes), {
      headers: { 'content-type': contentType },
    }).formData();
  } catch {
    throw refuse.badArgument('The body is no multipart form.');
  }
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw refuse.notImplemented('External tables are not supported.');
    if (name === 'query') call.urlQuery = call.urlQuery === undefined ? value : `${call.urlQuery}${value}`;
    else if (name.startsWith('param_')) call.params[name.slice('param_'.length)] = value;
    else throw refuse.notImplemented(`Form field ${name} is not supported.`);
  }
}
