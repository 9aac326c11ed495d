package dev.muster.lab.command;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.FlashBack;
import dev.muster.lab.PowerWish;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Boards and reservations as tests like them. */
final class Samples {

    static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    static final String ANN = "user:ann";
    static final String BOB = "user:bob";
    static final long MAX_SECONDS = 8 * 3600;

    private Samples() {}

    static BoardDefinition definition(String name) {
        return definition(name, "pine", Map.of());
    }

    static BoardDefinition definition(String name, String brdclass, Map<String, String> tags) {
        return new BoardDefinition(
                new BoardName(name),
                brdclass,
                Map.of("arch", "arm64-aarch64"),
                List.of(
                        new BoardOption("snmppower", Map.of("host", "poe", "port", 3)),
                        new BoardOption("serialconsole", Map.of("val", "/dev/ttyU0"))),
                tags,
                null,
                4 * 3600,
                MAX_SECONDS,
                false,
                null);
    }

    /** One that is the device of its own name, and gets {@code os 1.0} when it comes back. */
    static BoardDefinition flashed(String name, boolean keepsPower, long withinSeconds) {
        BoardDefinition it = definition(name);
        return new BoardDefinition(
                it.name(),
                it.brdclass(),
                it.attributes(),
                it.options(),
                it.tags(),
                null,
                4 * 3600,
                MAX_SECONDS,
                keepsPower,
                name,
                new FlashBack("os", "1.0", withinSeconds));
    }

    static BoardDefinition bare(String name) {
        BoardDefinition it = definition(name);
        return new BoardDefinition(
                it.name(),
                it.brdclass(),
                it.attributes(),
                List.of(),
                it.tags(),
                null,
                4 * 3600,
                MAX_SECONDS,
                true,
                null);
    }

    static ReservationId id(long number) {
        return new ReservationId(new UUID(0, number));
    }

    static Reservation reservation(long number, String holder, Instant expires) {
        return new Reservation(id(number), holder, "a test", Map.of(), List.of(), PowerWish.ON, expires);
    }
}
