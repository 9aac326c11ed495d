// The router as autobahn for JavaScript sees it. Usage: node autobahn.cjs <ws url>
const assert = require('node:assert/strict');
// As in a browser: what autobahn makes of ws by itself is one sub-protocol with commas in its name.
globalThis.WebSocket = class extends require('ws') {
  constructor(...args) {
    super(...args);
    this.on('error', () => {});
  }
};
const autobahn = require('autobahn');

const url = process.argv[2];
setTimeout(() => { console.error('it takes too long'); process.exit(3); }, 45_000).unref();

function join(authid, secret) {
  return new Promise((resolve, reject) => {
    const connection = new autobahn.Connection({
      url, realm: 'realm1', authid, authmethods: ['wampcra'], max_retries: 0,
      onchallenge: (session, method, extra) => autobahn.auth_cra.sign(
        extra.salt ? autobahn.auth_cra.derive_key(secret, extra.salt, extra.iterations, extra.keylen) : secret,
        extra.challenge),
    });
    connection.onopen = (session) => resolve({ connection, session });
    connection.onclose = (reason, details) => { reject(new Error(`${reason}: ${details?.reason} ${details?.message}`)); return true; };
    connection.open();
  });
}

function once() {
  let done;
  const promise = new Promise((resolve) => { done = resolve; });
  return [promise, done];
}

async function main() {
  const ann = await join('ann', 'ann-secret');
  const bob = await join('bob', 'bob-secret');

  const [created, create] = once();
  await ann.session.subscribe('wamp.subscription.on_create', (args) => create(args));
  const [heard, hear] = once();
  const subscription = await bob.session.subscribe('a.topic', (args, kwargs, details) => hear({ args, kwargs, details }));
  const [session, about] = await created;
  assert.equal(session, bob.session.id);
  assert.equal(about.uri, 'a.topic');
  assert.equal(about.match, 'exact');
  assert.match(about.created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

  const published = await ann.session.publish('a.topic', [1], { k: 2 }, { acknowledge: true, disclose_me: true });
  assert.ok(published.id > 0);
  const event = await heard;
  assert.deepEqual(event.args, [1]);
  assert.equal(event.kwargs.k, 2);
  assert.equal(event.details.publisher, ann.session.id);
  await bob.session.unsubscribe(subscription);
  assert.deepEqual(await bob.session.call('wamp.subscription.match', ['a.topic']), null);

  const registration = await ann.session.register('a.echo', (args, kwargs, details) => [args, details.caller_authid]);
  assert.deepEqual(await bob.session.call('a.echo', ['x']), [['x'], 'bob']);
  await ann.session.unregister(registration);
  await assert.rejects(Promise.resolve(bob.session.call('a.echo', [])), (error) => error.error === 'wamp.error.no_such_procedure');

  await ann.session.register('a.fails', () => { throw new autobahn.Error('a.reason', ['why'], { k: 1 }); });
  await assert.rejects(Promise.resolve(bob.session.call('a.fails', [])), (error) => error.error === 'a.reason' && error.args[0] === 'why');

  const [left, leave] = once();
  await ann.session.subscribe('a.testament', (args) => leave(args));
  await bob.session.call('wamp.session.add_testament', ['a.testament', ['gone'], {}]);
  bob.connection.close();
  assert.deepEqual(await left, ['gone']);

  const salted = await join('salted', 'salted-secret');
  salted.connection.close();
  await assert.rejects(join('ann', 'wrong'));
  ann.connection.close();
  console.log('done');
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
