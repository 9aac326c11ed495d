package dev.muster.config.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.config.query.OutcomeIndex.Outcome;
import dev.muster.kernel.Ids;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a device should have, all layers laid over one another.
 *
 * @param values an object; secrets are left out unless they were asked for
 * @param secrets storage paths of secrets
 * @param tag changes exactly when the values do
 * @param sources which layer each value comes from, by storage path
 * @param outcome what the device said of it last, null when it never did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WantedView(
        @JsonRawValue @Schema(implementation = Object.class) String values,
        List<String> secrets,
        String tag,
        Map<String, String> sources,
        @Nullable ToldOutcome outcome) {

    /** For caches: the tag, and what else is in the answer, which changes while the values do not. */
    String mark() {
        return tag + "-" + Ids.digest(sources + "\n" + outcome).substring(0, 16);
    }

    /**
     * @param tag of the wish it speaks of, which may be another one by now
     * @param current whether it is the present one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ToldOutcome(
            String tag,
            boolean current,
            Status status,
            @Nullable String message,
            Instant at) {

        /** What the device made of it. */
        public enum Status {
            APPLIED,
            FAILED
        }

        static @Nullable ToldOutcome of(@Nullable Outcome outcome, String tag) {
            return outcome == null
                    ? null
                    : new ToldOutcome(
                            outcome.tag(),
                            outcome.tag().equals(tag),
                            outcome.applied() ? Status.APPLIED : Status.FAILED,
                            outcome.message(),
                            outcome.at());
        }
    }

    /** A device that does not have what it should. */
    public record DriftView(String device, List<String> paths, Instant since) {}

    /**
     * @param next cursor of the following page, null on the last
     * @param total how many devices differ
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DriftPage(List<DriftView> items, @Nullable String next, int total) {}
}
