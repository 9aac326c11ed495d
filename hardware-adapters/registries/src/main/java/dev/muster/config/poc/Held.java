package dev.muster.config.poc;

import dev.muster.config.ConfigTarget;
import dev.muster.config.ConfigTarget.Version;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import java.nio.charset.StandardCharsets;

/** One version of the target, whole: what it says, and the answer that tells it. Never changes. */
record Held(long number, Json value, byte[] answer) {

    private static Held of(Version version) {
        String answer = "{\"config\":" + version.config() + "}";
        return new Held(version.number(), JsonReader.read(version.config()), answer.getBytes(StandardCharsets.UTF_8));
    }

    /** Holds the newest version, so that it is read once and not for each poll. */
    static final class Newest {

        private final ConfigTarget target;
        private volatile Held held = Held.of(Version.NONE);

        Newest(ConfigTarget target) {
            this.target = target;
        }

        /** All of an answer comes from one of these. */
        Held now() {
            Version version = target.now();
            Held known = held;
            if (known.number() == version.number()) {
                return known;
            }
            Held fresh = Held.of(version);
            held = fresh;
            return fresh;
        }
    }
}
