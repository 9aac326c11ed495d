package dev.muster.wamp;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The door on a real port, with a real router behind it. */
final class DoorHouse implements AutoCloseable {

    final Map<String, Authenticator.Found> known = new ConcurrentHashMap<>();
    final Router router;
    final WampHandler handler;
    private final DisposableServer server;

    DoorHouse(RouterSettings settings, WampSettings door) {
        Authorizer all = (who, action, uri, match) -> true;
        router = new Router(settings, (realm, authid) -> Mono.justOrEmpty(known.get(authid)), all, Clock.systemUTC());
        handler = new WampHandler(router, door);
        known.put("2-3", new Credentials("swarm_device", TestRouter.SECRET, null, true, TestRouter.SERIAL));
        for (String name : new String[] {"ann", "bob"}) {
            known.put(name, new Credentials("person", name + "-secret", null, false, null));
        }
        known.put(
                "salted",
                Credentials.salted(
                        "person", "salted-secret", new Credentials.Salting("salt123", 1000, 32), false, null));
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter((request, response) -> {
                    if (handler.serves(request)) {
                        return handler.handle(request, response);
                    }
                    response.setRawStatusCode(418);
                    return response.setComplete();
                }))
                .bindNow();
    }

    int port() {
        return server.port();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + port() + "/wamp");
    }

    TestSocket join(String name) throws Exception {
        return join(name, Codec.JSON);
    }

    TestSocket join(String name, Codec codec) throws Exception {
        return TestSocket.join(uri(), codec, name, name.equals("2-3") ? TestRouter.SECRET : name + "-secret");
    }

    @Override
    public void close() {
        handler.close();
        server.disposeNow();
    }
}
