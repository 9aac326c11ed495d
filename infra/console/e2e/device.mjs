// A device that does by DDI what a story wants of it.
import { expect } from './tools.mjs';

const PATIENCE = 15_000;

/** @param token its own, as the console shows it once */
export function robot(url, id, token) {
  async function ask(to, body) {
    const response = await fetch(to, { headers: { Authorization: `TargetToken ${token}`, ...(body && { 'Content-Type': 'application/json' }) }, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
    expect(response.ok, `${id} was answered ${response.status} at ${to}`);
    return response.json().catch(() => ({}));
  }
  return {
    /** Polls until it is pointed to a deployment; answers its address. */
    async deployment() {
      const until = Date.now() + PATIENCE;
      for (;;) {
        const { _links: links } = await ask(`${url}/DEFAULT/controller/v1/${id}`);
        if (links?.deploymentBase) return links.deploymentBase.href;
        expect(Date.now() < until, `${id} was offered nothing`);
        await new Promise((resolve) => { setTimeout(resolve, 100); });
      }
    },
    /** Tells how it goes: `execution` and `finished` are DDI's words, `progress` is `[done, of]`. */
    async says(deployment, execution, finished, detail, progress) {
      const [address] = deployment.split('?');
      await ask(`${address}/feedback`, { status: { execution, result: { finished, ...(progress && { progress: { cnt: progress[0], of: progress[1] } }) }, details: [detail] } });
    },
  };
}
