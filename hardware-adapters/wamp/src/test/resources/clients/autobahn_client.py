"""The router as autobahn for Python sees it, in each serializer that is installed. Usage: <script> <ws url>"""

import asyncio
import sys

from autobahn.asyncio.wamp import ApplicationRunner, ApplicationSession
from autobahn.wamp import auth, serializer
from autobahn.wamp.exception import ApplicationError
from autobahn.wamp.types import CallOptions, PublishOptions, RegisterOptions, SubscribeOptions

URL = sys.argv[1]


class Client(ApplicationSession):

    def onConnect(self):
        self.join("realm1", ["wampcra"], self.config.extra["authid"])

    def onChallenge(self, challenge):
        key = self.config.extra["secret"].encode()
        extra = challenge.extra
        if "salt" in extra:
            key = auth.derive_key(self.config.extra["secret"], extra["salt"], extra["iterations"], extra["keylen"])
        signature = auth.compute_wcs(key, extra["challenge"])
        return signature if isinstance(signature, str) else signature.decode("ascii")

    def onJoin(self, details):
        self.config.extra["joined"].set_result(self)

    def onLeave(self, details):
        joined = self.config.extra["joined"]
        if not joined.done():
            joined.set_exception(ConnectionRefusedError(f"{details.reason}: {details.message}"))
        self.disconnect()


async def join(authid, secret, form):
    joined = asyncio.get_running_loop().create_future()
    extra = {"authid": authid, "secret": secret, "joined": joined}
    runner = ApplicationRunner(URL, "realm1", extra=extra, serializers=[form])
    await runner.run(Client, start_loop=False)
    return await asyncio.wait_for(joined, 10)


async def fails_with(awaitable, error):
    try:
        await awaitable
    except ApplicationError as failure:
        assert failure.error == error, failure
        return failure
    raise AssertionError(f"{error} was expected")


def once():
    return asyncio.get_running_loop().create_future()


async def talk(make):
    ann = await join("ann", "ann-secret", make())
    bob = await join("bob", "bob-secret", make())

    heard = once()
    await ann.subscribe(lambda *args, **kwargs: heard.set_result((args, kwargs)), "a.topic")
    await bob.publish("a.topic", 1, "é", None, k=[True], options=PublishOptions(acknowledge=True))
    assert await asyncio.wait_for(heard, 10) == ((1, "é", None), {"k": [True]})

    matched = once()
    await ann.subscribe(
        lambda number, details: matched.set_result(details),
        "a..c",
        options=SubscribeOptions(match="wildcard", details_arg="details"),
    )
    await bob.publish("a.b.c", 7, options=PublishOptions(acknowledge=True))
    details = await asyncio.wait_for(matched, 10)
    assert details.topic == "a.b.c", details

    async def add(x, y, details):
        return [x + y, details.caller_authid]

    registration = await ann.register(add, "a.add", options=RegisterOptions(details_arg="details"))
    assert await bob.call("a.add", 2, y=3) == [5, "bob"]
    await fails_with(bob.register(add, "a.add"), "wamp.error.procedure_already_exists")
    await bob.register(add, "a.add", options=RegisterOptions(details_arg="details", force_reregister=True))
    assert await ann.call("a.add", 2, y=3) == [5, "ann"]
    await fails_with(bob.call("no.such"), "wamp.error.no_such_procedure")

    async def counts(n, details):
        for i in range(n):
            details.progress(i)
        return n

    pieces = []
    await ann.register(counts, "a.counts", options=RegisterOptions(details_arg="details"))
    assert await bob.call("a.counts", 3, options=CallOptions(on_progress=pieces.append)) == 3
    assert pieces == [0, 1, 2], pieces

    def broken():
        raise ApplicationError("a.reason", "why")

    await ann.register(broken, "a.broken")
    assert (await fails_with(bob.call("a.broken"), "a.reason")).args == ("why",)

    stopped = once()

    async def slow():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.set_result(True)
            raise

    await ann.register(slow, "a.slow")
    await fails_with(bob.call("a.slow", options=CallOptions(timeout=500)), "wamp.error.timeout")
    assert await asyncio.wait_for(stopped, 10)

    assert await bob.call("wamp.session.count") >= 2
    assert await bob.call("wamp.subscription.match", "nobody.listens") is None
    shown = await bob.call("wamp.session.get", ann._session_id)
    assert shown["authid"] == "ann", shown

    gone = once()
    await ann.subscribe(lambda text: gone.set_result(text), "a.testament")
    await bob.call("wamp.session.add_testament", "a.testament", ["farewell"], {})
    bob.leave()
    assert await asyncio.wait_for(gone, 10) == "farewell"
    ann.leave()


async def main():
    forms = [serializer.JsonSerializer]
    forms += [each for each in (getattr(serializer, name, None) for name in ("MsgPackSerializer", "CBORSerializer")) if each]
    for make in forms:
        await asyncio.wait_for(talk(make), 30)
        print("ok", make.__name__)
    salted = await join("salted", "salted-secret", serializer.JsonSerializer())
    salted.leave()
    try:
        await join("ann", "wrong", serializer.JsonSerializer())
    except ConnectionRefusedError as refused:
        assert "WAMP-CRA client signature is invalid" in str(refused), refused
    else:
        raise AssertionError("a wrong secret was taken")
    print("done")


asyncio.run(main())
