package dev.muster.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A board as it is configured.
 *
 * @param brdclass name of its class; boards of a class are interchangeable
 * @param attributes of the class, {@code arch} among them
 * @param options what it has, at most one of power, console and ethernet each
 * @param tags for choosing
 * @param pool for whom it is meant, null for all
 * @param defaultSeconds how long a reservation lasts that names no time
 * @param maxSeconds how long one may last, extensions included
 * @param keepsPower whether it stays as it is when it is released; else it is turned off
 * @param deviceId the fleet's device that this board is, null if it is none
 * @param flashBack what that device is given before the board is lent again; null, as in all that was stored before there
 *     was such a thing: nothing
 */
public record BoardDefinition(
        BoardName name,
        String brdclass,
        Map<String, String> attributes,
        List<BoardOption> options,
        Map<String, String> tags,
        @Nullable String pool,
        long defaultSeconds,
        long maxSeconds,
        boolean keepsPower,
        @Nullable String deviceId,
        @Nullable FlashBack flashBack) {

    /** One that is lent as it comes back. */
    public BoardDefinition(
            BoardName name,
            String brdclass,
            Map<String, String> attributes,
            List<BoardOption> options,
            Map<String, String> tags,
            @Nullable String pool,
            long defaultSeconds,
            long maxSeconds,
            boolean keepsPower,
            @Nullable String deviceId) {
        this(name, brdclass, attributes, options, tags, pool, defaultSeconds, maxSeconds, keepsPower, deviceId, null);
    }

    public BoardDefinition {
        attributes = Map.copyOf(attributes);
        options = List.copyOf(options);
        tags = Map.copyOf(tags);
    }

    public Optional<BoardOption> power() {
        return options.stream().filter(BoardOption::isPower).findFirst();
    }

    public Optional<BoardOption> console() {
        return options.stream().filter(BoardOption::isConsole).findFirst();
    }

    public Optional<BoardOption> ether() {
        return options.stream().filter(BoardOption::isEther).findFirst();
    }
}
