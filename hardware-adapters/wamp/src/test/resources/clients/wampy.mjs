// The router as wampy sees it, in each of its serializers. Usage: node wampy.mjs <ws url>
import assert from 'node:assert/strict';
import { Wampy } from 'wampy';
import { sign } from 'wampy/wampcra.js';
import { JsonSerializer } from 'wampy/JsonSerializer.js';
import { MsgpackSerializer } from 'wampy/MsgpackSerializer.js';
import { CborSerializer } from 'wampy/CborSerializer.js';
import WebSocket from 'ws';

const url = process.argv[2];
setTimeout(() => { console.error('it takes too long'); process.exit(3); }, 45_000).unref();

async function join(authid, secret, serializer) {
  const session = new Wampy(url, {
    ws: WebSocket, realm: 'realm1', authid, authmethods: ['wampcra'], onChallenge: sign(secret), serializer,
    autoReconnect: false, uriValidation: 'loose',
  });
  await session.connect();
  return session;
}

function once() {
  let done;
  const promise = new Promise((resolve) => { done = resolve; });
  return [promise, done];
}

for (const Serializer of [JsonSerializer, MsgpackSerializer, CborSerializer]) {
  const ann = await join('ann', 'ann-secret', new Serializer());
  const bob = await join('bob', 'bob-secret', new Serializer());

  const [heard, hear] = once();
  await ann.subscribe('reswarm.logs.c6aa09d3-3dbd.prod_7_hello', hear);
  await bob.publish('reswarm.logs.c6aa09d3-3dbd.prod_7_hello', { argsList: [1, 'é', null], argsDict: { deep: [true] } });
  const event = await heard;
  assert.deepEqual(event.argsList, [1, 'é', null]);
  assert.deepEqual({ ...event.argsDict }, { deep: [true] });

  const [matched, match] = once();
  await ann.subscribe('a.prefix', match, { match: 'prefix' });
  await bob.publish('a.prefix.and.more', [7]);
  assert.equal((await matched).details.topic, 'a.prefix.and.more');

  let caller;
  await ann.register('a.sum', ({ details, argsList }) => {
    caller = details;
    return { argsList: [argsList.reduce((sum, each) => sum + each, 0)] };
  });
  assert.deepEqual((await bob.call('a.sum', [1, 2, 3])).argsList, [6]);
  assert.equal(caller.caller_authid, 'bob');
  assert.equal(caller.caller_authrole, 'person');

  await assert.rejects(bob.call('no.such.procedure'), (error) => {
    assert.match(JSON.stringify([error.errorUri, error.message, String(error)]), /no_such_procedure/);
    return true;
  });
  await assert.rejects(bob.register('a.sum', () => {}));

  const match1 = await bob.call('wamp.subscription.match', ['nobody.listens']);
  assert.deepEqual(match1.argsList, [null]);
  assert.ok((await bob.call('wamp.session.count')).argsList[0] >= 2);

  await ann.unregister('a.sum');
  await ann.disconnect();
  await bob.disconnect();
  console.log(`ok ${Serializer.name}`);
}

const salted = await join('salted', 'salted-secret', new JsonSerializer());
await salted.disconnect();
await assert.rejects(join('ann', 'wrong', new JsonSerializer()));
console.log('done');
process.exit(0);
