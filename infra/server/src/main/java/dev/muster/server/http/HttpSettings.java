package dev.muster.server.http;

import java.time.Duration;
import java.util.List;

/**
 * How HTTP behaves.
 *
 * @param trustedProxies networks in CIDR form whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed;
 *     empty believes nobody
 * @param bodyBytesMax largest JSON body, and largest line of NDJSON; uploads have limits of their own
 * @param keyLife how long the answer to a request with {@code Idempotency-Key} is kept
 * @param answerBytesMax largest answer kept for a key; larger ones are worked out again
 * @param keysInFlightMax requests with a key that may run at the same time
 * @param positionWait how long a read waits for {@code Muster-Min-Position} unless told otherwise
 * @param positionWaitMax the most that {@code Prefer: wait=<seconds>} can ask for
 * @param problemBase where the page of a problem's code is: the code is appended to make its {@code type}
 */
public record HttpSettings(
        List<String> trustedProxies,
        int bodyBytesMax,
        Duration keyLife,
        int answerBytesMax,
        int keysInFlightMax,
        Duration positionWait,
        Duration positionWaitMax,
        String problemBase) {

    public static HttpSettings defaults() {
        return new HttpSettings(
                List.of(),
                1 << 20,
                Duration.ofHours(24),
                1 << 20,
                10_000,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                "/docs/problems#");
    }

    public HttpSettings withTrustedProxies(List<String> networks) {
        return new HttpSettings(
                List.copyOf(networks),
                bodyBytesMax,
                keyLife,
                answerBytesMax,
                keysInFlightMax,
                positionWait,
                positionWaitMax,
                problemBase);
    }
}
