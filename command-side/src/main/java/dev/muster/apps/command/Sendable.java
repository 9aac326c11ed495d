package dev.muster.apps.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.config.Json;

/**
 * What agents can be told. They are told of all apps at once: a single value that no agent can read, or that the wire has
 * no form for, would keep every device that it is for from hearing of any app. So it is refused where it comes in.
 */
final class Sendable {

    /** Objects and lists in one another; what they are sent in has some of its own. */
    static final int DEPTH_MAX = 32;

    private Sendable() {}

    static boolean is(Json json) {
        return is(json, 1);
    }

    private static boolean is(Json json, int depth) {
        return switch (json) {
            case Json.Null ignored -> true;
            case Json.Bool ignored -> true;
            case Json.Text text -> isWhole(text.value());
            // Agents read numbers as doubles, and nothing of a message with one that is none.
            case Json.Num number -> Double.isFinite(number.value().doubleValue());
            case Json.Items items ->
                depth <= DEPTH_MAX && items.values().stream().allMatch(each -> is(each, depth + 1));
            case Json.Members members ->
                depth <= DEPTH_MAX
                        && members.values().entrySet().stream()
                                .allMatch(each -> isWhole(each.getKey()) && is(each.getValue(), depth + 1));
        };
    }

    /** Whether it is made of whole characters: half of one, of a pair of surrogates, cannot be written. */
    static boolean isWhole(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }
}
