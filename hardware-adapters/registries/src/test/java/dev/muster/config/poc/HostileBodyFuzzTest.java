package dev.muster.config.poc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import java.util.UUID;

/** Whatever is sent is read or refused with a 4xx, and the answer that refuses it is JSON; nothing else happens. */
class HostileBodyFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void aPollIsReadOrRefused(byte[] body) {
        refusedAtMost(() -> {
            Received.Parsed parsed = new Received(body, body.length, true).parsed();
            Input input = Input.of(parsed.value());
            UUID id = input.uuid("uuid");
            Json.Members config = input.object("config");
            if (config != null) {
                String source = Source.of(parsed.text(), "config");
                assertEquals(config, JsonReader.read(source));
                assertEquals(source, Source.of("{\"config\":" + source + "}", "config"));
            }
            if (id == null || config == null) {
                throw input.refusal();
            }
        });
    }

    @FuzzTest(maxDuration = "60s")
    void aRegistrationIsReadOrRefused(byte[] body) {
        refusedAtMost(() -> {
            Input input =
                    Input.of(new Received(body, body.length, true).parsed().value());
            String address = input.text("ip-address");
            String key = input.publicKey("public-key-rsa");
            String arch = input.text("arch");
            if (address == null || key == null || arch == null) {
                throw input.refusal();
            }
            assertEquals(Json.of(arch), JsonReader.read(Json.of(arch).toString()));
        });
        refusedAtMost(() -> new Received(body, body.length, false).parsed());
    }

    @FuzzTest(maxDuration = "60s")
    void aPathLeadsSomewhereOrNowhere(String path) {
        if (path == null) {
            return;
        }
        Paths paths = new Paths("/registries");
        Paths.Found found = paths.find("/registries" + path);
        if (found != null && found.argument().indexOf('/') >= 0) {
            throw new AssertionError("a slash got through: " + path);
        }
        String corrected = paths.corrected("/registries" + path);
        if (corrected != null && paths.find(corrected) == null) {
            throw new AssertionError("sent to nowhere: " + path);
        }
        Uuids.Reading reading = Uuids.read(path);
        if (reading.id() != null) {
            assertEquals(reading.id(), Uuids.read(reading.id().toString()).id());
        }
        JsonReader.read(Problem.noUuid("[]", path, reading.fault()).toString());
        Received.isJson(path);
    }

    private static void refusedAtMost(Runnable reading) {
        try {
            reading.run();
        } catch (PocFailure refused) {
            if (refused.status() >= 500) {
                throw refused;
            }
            JsonReader.read(refused.body());
        }
    }
}
