package dev.muster.lab.boards;

import dev.muster.lab.BoardName;
import dev.muster.lab.FlashBack;
import dev.muster.lab.boards.ucl.UclValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a board says of itself, or a class of its boards that say nothing else.
 *
 * @param defaultSeconds null: not said; the same for the others
 */
record BoardSettings(
        Map<String, String> tags,
        @Nullable String pool,
        @Nullable Long defaultSeconds,
        @Nullable Long maxSeconds,
        @Nullable Boolean keepsPower,
        @Nullable FlashBack flashBack) {

    static final List<String> NAMES =
            List.of("tags", "pool", "default_duration", "max_duration", "power_on_release", FlashBacks.NAME);

    private static final long DEFAULT_SECONDS = 4 * 3600;
    private static final long MAX_SECONDS = 24 * 3600;
    private static final double SECONDS_MAX = 366 * 86_400.0;
    private static final int TAGS_MAX = 64;
    private static final int TAG_LENGTH_MAX = 256;

    static BoardSettings read(Members members) {
        return new BoardSettings(
                tags(members),
                members.optional("pool", poolBy(members.reading())),
                duration(members, "default_duration"),
                duration(members, "max_duration"),
                keepsPower(members),
                FlashBacks.read(members));
    }

    private static BiFunction<String, UclValue, String> poolBy(Reading reading) {
        return (name, value) -> {
            String pool = reading.text(name, value);
            if (!BoardName.isName(pool)) {
                throw reading.fault(value.place(), "'pool' is a name: letters, digits, '.', '_' and '-'.");
            }
            return pool;
        };
    }

    private static Map<String, String> tags(Members members) {
        UclValue value = members.find("tags");
        if (value == null) {
            return Map.of();
        }
        Reading reading = members.reading();
        Map<String, String> tags = new HashMap<>();
        reading.section("tags", value).members().forEach((name, each) -> {
            String text = reading.text(name, each);
            if (!BoardName.isName(name) || text.length() > TAG_LENGTH_MAX) {
                throw reading.fault(
                        each.place(),
                        "A tag has a name of letters, digits, '.', '_' and '-' and at most " + TAG_LENGTH_MAX
                                + " characters.");
            }
            tags.put(name, text);
        });
        if (tags.size() > TAGS_MAX) {
            throw reading.fault(value.place(), "There are more than " + TAGS_MAX + " tags.");
        }
        return tags;
    }

    private static @Nullable Long duration(Members members, String name) {
        UclValue value = members.find(name);
        if (value == null) {
            return null;
        }
        return Math.round(members.reading().seconds(name, value, 1, SECONDS_MAX));
    }

    private static @Nullable Boolean keepsPower(Members members) {
        String word = members.text("power_on_release");
        if (word == null) {
            return null;
        }
        // An unquoted 'off' is a truth to UCL; taken as text it says what it says.
        return switch (word) {
            case "keep" -> true;
            case "off" -> false;
            default ->
                throw members.reading()
                        .fault(members.get("power_on_release").place(), "'power_on_release' is keep or off.");
        };
    }

    /** These, and where they say nothing what the class says; tags one by one, all else whole. */
    BoardSettings over(BoardSettings ofClass) {
        Map<String, String> allTags = new HashMap<>(ofClass.tags);
        allTags.putAll(tags);
        return new BoardSettings(
                allTags,
                pool == null ? ofClass.pool : pool,
                defaultSeconds == null ? ofClass.defaultSeconds : defaultSeconds,
                maxSeconds == null ? ofClass.maxSeconds : maxSeconds,
                keepsPower == null ? ofClass.keepsPower : keepsPower,
                flashBack == null ? ofClass.flashBack : flashBack);
    }

    long longest() {
        return maxSeconds == null ? MAX_SECONDS : maxSeconds;
    }

    /** How long it is lent when nobody says; never longer than it may be lent, unless the configuration says so. */
    long usual() {
        return defaultSeconds == null ? Math.min(DEFAULT_SECONDS, longest()) : defaultSeconds;
    }

    boolean staysOn() {
        return keepsPower != null && keepsPower;
    }
}
