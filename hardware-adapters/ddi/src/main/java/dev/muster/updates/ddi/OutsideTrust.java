package dev.muster.updates.ddi;

import dev.muster.updates.UpdateSettings.External;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JsonGenerator;

/**
 * Asks another service whether a token is good: 200 is yes, all else is no. The device's id goes along in
 * {@code X-Controller-Id}, so the service can tie tokens to devices. A yes is remembered for a moment, because an
 * update is a burst of requests. Source: gooseBit contract §2.4.
 */
public final class OutsideTrust {

    private static final Logger LOG = LoggerFactory.getLogger(OutsideTrust.class);
    private static final int REMEMBERED_MAX = 50_000;

    private final HttpClient client;
    private final TokenDigests digests = new TokenDigests(1 << 10);
    private final Map<Yes, Long> remembered = new ConcurrentHashMap<>();
    private final DdiSettings settings;
    private final Clock clock;

    public OutsideTrust(DdiSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = HttpClient.create(ConnectionProvider.builder("ddi-external-trust")
                        .maxConnections(64)
                        .pendingAcquireMaxCount(2048)
                        .pendingAcquireTimeout(settings.externalTimeout())
                        .build())
                .responseTimeout(settings.externalTimeout());
    }

    private record Yes(External service, Digest token, String deviceId) {}

    /** @param unreachable why the service could not be asked, or null */
    public record Verdict(boolean good, @Nullable String unreachable) {}

    Mono<Boolean> accepts(External service, String token, String deviceId) {
        return judge(service, token, deviceId).map(Verdict::good);
    }

    /** As long as a yes is remembered the service is not asked again. */
    public Mono<Verdict> judge(External service, String token, String deviceId) {
        Yes question = new Yes(service, digests.of(token), deviceId);
        Long until = remembered.get(question);
        if (until != null && clock.millis() < until) {
            return Mono.just(new Verdict(true, null));
        }
        return asked(service, token, deviceId)
                .timeout(settings.externalTimeout())
                .doOnNext(yes -> remember(question, yes))
                .map(yes -> new Verdict(yes, null))
                .onErrorResume(failure -> {
                    LOG.warn("the external token service at {} cannot be asked: {}", service.url(), failure.toString());
                    return Mono.just(new Verdict(false, failure.getClass().getSimpleName()));
                });
    }

    private Mono<Boolean> asked(External service, String token, String deviceId) {
        return client.headers(headers -> {
                    headers.set("X-Controller-Id", DevicePath.encoded(deviceId));
                    if (service.bearer()) {
                        headers.set("Authorization", "Bearer " + token);
                    } else {
                        headers.set("Content-Type", "application/json");
                    }
                })
                .post()
                .uri(service.url())
                .send(
                        service.bearer()
                                ? Mono.empty()
                                : Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body(service.jsonKey(), token))))
                .responseSingle((response, content) ->
                        content.then(Mono.just(response.status().code() == 200)));
    }

    private static byte[] body(String key, String token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = Wire.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty(key, token);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void remember(Yes question, boolean yes) {
        if (!yes) {
            remembered.remove(question);
            return;
        }
        if (remembered.size() >= REMEMBERED_MAX) {
            long now = clock.millis();
            remembered.values().removeIf(until -> until <= now);
            if (remembered.size() >= REMEMBERED_MAX) {
                remembered.clear();
            }
        }
        remembered.put(question, clock.millis() + settings.externalTrustFor().toMillis());
    }
}
