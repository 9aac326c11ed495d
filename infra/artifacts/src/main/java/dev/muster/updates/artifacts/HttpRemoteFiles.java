package dev.muster.updates.artifacts;

import dev.muster.updates.ArtifactStore.Inspection;
import dev.muster.updates.RemoteFiles;
import dev.muster.updates.RemoteUrl;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Reads files by HTTP/1.1, each on a connection of its own and into a file that is gone afterwards. What anybody may make
 * this server do with it is bounded: where it connects ({@link RemoteDoor}), what it takes for an answer
 * ({@link RemoteAnswer}), how much and for how long. Proxies of the environment are not used, as they would resolve names
 * by themselves.
 */
public final class HttpRemoteFiles implements RemoteFiles {

    private static final int READ_AHEAD_BUFFERS = 16;

    private final RemoteSettings settings;
    private final Clock clock;
    private final Scheduler scheduler;
    private final RemoteDoor door;
    private final UnaryOperator<HttpClient> trust;
    private final Intake intake;

    /**
     * @param room a directory of its own for what is being read; what an earlier run left in it is cleared
     * @param scheduler where names are resolved and contents are looked at, one that may block
     */
    public HttpRemoteFiles(Path room, RemoteSettings settings, Clock clock, Scheduler scheduler) {
        this(room, settings, clock, scheduler, InetAddress::getAllByName, UnaryOperator.identity());
    }

    /** @param trust changes whose certificates are accepted */
    HttpRemoteFiles(
            Path room,
            RemoteSettings settings,
            Clock clock,
            Scheduler scheduler,
            RemoteDoor.Names names,
            UnaryOperator<HttpClient> trust) {
        this.settings = settings;
        this.clock = clock;
        this.scheduler = scheduler;
        this.door = new RemoteDoor(settings.allowed(), names);
        this.trust = trust;
        this.intake = new Intake(room, DirectorySettings.defaults().freeSpaceMin(), scheduler);
    }

    @Override
    public Mono<RemoteFile> read(
            RemoteUrl url, long sizeMax, UnaryOperator<Flux<ByteBuffer>> onTheWay, Inspection inspection) {
        return Mono.fromCallable(() -> door.addresses(url))
                .subscribeOn(scheduler)
                .timeout(settings.connectMax())
                .flatMap(addresses -> read(url, addresses, sizeMax, onTheWay, inspection))
                .timeout(settings.wholeMax())
                .onErrorMap(RemoteFaults::explained);
    }

    private Mono<RemoteFile> read(
            RemoteUrl url,
            List<InetAddress> addresses,
            long sizeMax,
            UnaryOperator<Flux<ByteBuffer>> onTheWay,
            Inspection inspection) {
        return Mono.using(
                () -> new PinnedAddresses(addresses),
                pinned -> client(url, pinned)
                        .get()
                        .uri(address(url))
                        .responseConnection((answer, connection) -> intake.receive(
                                onTheWay.apply(content(answer, connection, sizeMax)),
                                sizeMax,
                                inspection,
                                (file, digests) -> file(digests)))
                        .next(),
                PinnedAddresses::close);
    }

    private HttpClient client(RemoteUrl url, PinnedAddresses pinned) {
        HttpClient client = HttpClient.newConnection()
                .resolver(pinned)
                .noProxy()
                .followRedirect(false)
                .disableRetry(true)
                .protocol(HttpProtocol.HTTP11)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectMax().toMillis())
                .responseTimeout(settings.silenceMax())
                .headers(headers -> ask(url, headers));
        return trust.apply(client);
    }

    private static void ask(RemoteUrl url, HttpHeaders headers) {
        headers.set(HttpHeaderNames.ACCEPT, "*/*");
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        headers.set(HttpHeaderNames.USER_AGENT, "muster");
        String authorization = url.authorization();
        if (authorization != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
        }
    }

    /** Without user and password, which the client would make known in places of its own. */
    private static String address(RemoteUrl url) {
        String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
        return (url.secure() ? "https://" : "http://") + host + ":" + url.port() + url.target();
    }

    private Flux<ByteBuffer> content(HttpClientResponse answer, Connection connection, long sizeMax) {
        return Flux.defer(() -> {
                    RemoteAnswer.check(answer, sizeMax);
                    return connection.inbound().receive().asByteArray();
                })
                .map(ByteBuffer::wrap)
                .publishOn(scheduler, READ_AHEAD_BUFFERS)
                // However it ends, nothing more is taken from there.
                .doFinally(end -> {
                    var _ = connection.channel().close();
                });
    }

    private RemoteFile file(Digests digests) {
        return new RemoteFile(digests.sha256(), digests.sha1(), digests.md5(), digests.size(), clock.instant());
    }
}
