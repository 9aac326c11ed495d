package dev.muster.lab.environment;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.PowerWish;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Setup scripts, and what they are told of. */
final class Scripts {

    static final ReservationId RESERVATION = new ReservationId(UUID.fromString("01890000-0000-7000-8000-000000000001"));

    private Scripts() {}

    static BoardDefinition board(String name, BoardOption... options) {
        return new BoardDefinition(
                new BoardName(name),
                "pine64-a64-lts",
                Map.of("arch", "arm64-aarch64"),
                List.of(options),
                Map.of(),
                null,
                3600,
                7200,
                false,
                null,
                null);
    }

    static Reservation reservation() {
        return new Reservation(
                RESERVATION,
                "user:jmg",
                null,
                Map.of(),
                List.of("ssh-ed25519 AAAA jmg"),
                PowerWish.KEEP,
                Instant.parse("2030-01-01T00:00:00Z"),
                null);
    }

    /** A script in that directory, in force. */
    static LabConfiguration script(Path directory, String text) {
        try {
            Path script = Files.writeString(directory.resolve("board_script"), "#!/bin/sh\n" + text + "\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new LabConfiguration(script.toString(), Map.of(), List.of(), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Limits short enough to be waited for. */
    static ScriptSettings settings() {
        return new ScriptSettings(
                Duration.ofSeconds(8), Duration.ofSeconds(8), Duration.ofMillis(700), 2, 3, 1 << 20, 64 << 10);
    }
}
