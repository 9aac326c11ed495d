package dev.muster.updates.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.registry.DeviceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a device is offered what it is offered.
 *
 * @param summary one sentence
 * @param steps the rules in the order in which they are asked
 */
public record WhyAnswer(DeviceId id, String summary, List<Step> steps) {

    /**
     * One rule.
     *
     * @param rule which one; several steps may be of one rule, such as one for each rollout
     * @param link path of what it is about, below {@code /api/v1} and in the console, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            Rule rule,
            Outcome outcome,
            String text,
            @Nullable String link) {}

    /** What is asked. */
    public enum Rule {
        REGISTERED,
        AUTHENTICATED,
        POLLING,
        HELD_BACK,
        UPDATE_MODE,
        ACTION,
        ROLLOUT,
        STANDING_ASSIGNMENT,
        POLL
    }

    /** What came of it. */
    public enum Outcome {
        /** It decides something for this device. */
        APPLIES,
        /** It has nothing against it, or nothing to do with it. */
        PASSES,
        /** It keeps the device from getting something. */
        BLOCKS
    }
}
